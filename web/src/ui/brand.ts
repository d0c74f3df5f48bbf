import { createContext, useContext } from "react";

/** Whose page it is: the workspace's own name and logo, where it has them. */
export interface Brand {
  name: string;
  logo: string | null;
}

export const BrandContext = createContext<Brand>({ name: "", logo: null });

export const useBrand = (): Brand => useContext(BrandContext);
