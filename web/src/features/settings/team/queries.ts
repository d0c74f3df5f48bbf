import { queryOptions } from "@tanstack/react-query";
import { api, told } from "../../../api/client.ts";

export const membersQuery = queryOptions({
  queryKey: ["team", "members"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/members", { signal }))).members,
});

export const invitationsQuery = queryOptions({
  queryKey: ["team", "invitations"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/invitations", { signal }))).invitations,
});

export const departmentsQuery = queryOptions({
  queryKey: ["team", "departments"],
  queryFn: async ({ signal }) => (await told(api.GET("/v1/departments", { signal }))).departments,
});
