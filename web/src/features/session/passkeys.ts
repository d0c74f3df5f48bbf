import { api, told } from "../../api/client.ts";

/** Whether this browser can show passkeys at all. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential === "function" && "parseRequestOptionsFromJSON" in PublicKeyCredential;

/** Signs in by a passkey of this device. Throws what the browser or the server refuses. */
export async function signInByPasskey(): Promise<void> {
  const asked = await told(api.POST("/v1/session/passkey/begin"));
  const options = asked as unknown as PublicKeyCredentialRequestOptionsJSON;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const found = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const credential = found.toJSON() as Record<string, unknown>;
  await told(api.POST("/v1/session/passkey", { body: { credential } }));
}

/** Makes a passkey on this device, for the member who is signed in. */
export async function makePasskey(name: string): Promise<void> {
  const asked = await told(api.POST("/v1/passkeys/begin"));
  const options = asked as unknown as PublicKeyCredentialCreationOptionsJSON;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const credential = made.toJSON() as Record<string, unknown>;
  await told(api.POST("/v1/passkeys", { body: { credential, name } }));
}

/** Whether somebody has merely closed the window of the browser. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "NotAllowedError";
