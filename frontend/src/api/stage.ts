import { answered, client } from "./client";
import type { StageAdmission } from "./types";

/** A speaker's way onto the stage, for the token of an invitation. */
export const enterStage = (invitation: string): Promise<StageAdmission> =>
  answered(client.POST("/api/stage", { body: { invitation } }));
