import { answered, client } from "./client";
import type { RoleName } from "./types";

const of = (organization: string) => ({ params: { path: { organization } } });
const member = (organization: string, id: number) => ({
  params: { path: { organization, member: id } },
});

export const readMembers = (organization: string) =>
  answered(client.GET("/api/organize/organizations/{organization}/members", of(organization)));

export const addMember = (organization: string, email: string, role: RoleName) =>
  answered(
    client.POST("/api/organize/organizations/{organization}/members", {
      ...of(organization),
      body: { email, role },
    }),
  );

export const changeRole = (organization: string, id: number, role: RoleName) =>
  answered(
    client.PATCH("/api/organize/organizations/{organization}/members/{member}", {
      ...member(organization, id),
      body: { role },
    }),
  );

export const removeMember = (organization: string, id: number) =>
  answered(
    client.DELETE(
      "/api/organize/organizations/{organization}/members/{member}",
      member(organization, id),
    ),
  );

export const inviteMember = (organization: string, label: string, role: RoleName) =>
  answered(
    client.POST("/api/organize/organizations/{organization}/invitations", {
      ...of(organization),
      body: { label, role },
    }),
  );

export const withdrawLink = (organization: string, invitation: string) =>
  answered(
    client.DELETE("/api/organize/organizations/{organization}/invitations/{invitation}", {
      params: { path: { organization, invitation } },
    }),
  );
