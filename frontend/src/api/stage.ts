import { answered, client } from "./client";
import type { StageAdmission, StageStatus, VoiceGender } from "./types";

/** The session that an invitation's token is for, as it stands now. */
export const stageStatus = (invitation: string): Promise<StageStatus> =>
  answered(client.POST("/api/stage/status", { body: { invitation } }));

/** What the floor speaks from now on. */
export const sayFloorLanguage = (invitation: string, language: string): Promise<StageStatus> =>
  answered(client.POST("/api/stage/floor-language", { body: { invitation, language } }));

/** As whom the machines speak for this speaker. */
export const sayVoice = (invitation: string, voice: VoiceGender): Promise<StageStatus> =>
  answered(client.POST("/api/stage/voice", { body: { invitation, voice } }));

/** A speaker's way onto the stage, for the token of an invitation. */
export const enterStage = (invitation: string): Promise<StageAdmission> =>
  answered(client.POST("/api/stage", { body: { invitation } }));
