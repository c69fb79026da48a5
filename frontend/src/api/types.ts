import type { components } from "./schema";

type Schemas = components["schemas"];

export type Language = Schemas["LanguageOut"];
export type LanguageTargets = Schemas["LanguageTargetsOut"];
export type Channel = Schemas["ChannelOut"];
export type Session = Schemas["SessionOut"];
export type SessionState = Session["state"];
export type Room = Schemas["RoomOut"];
export type Event = Schemas["EventOut"];
export type EventLine = Schemas["EventLineOut"];
export type Caption = Schemas["CaptionOut"];
export type Captions = Schemas["CaptionsOut"];
export type Admission = Schemas["ListenOut"];
export type StageAdmission = Schemas["StageOut"];
export type Me = Schemas["MeOut"];
export type Invitation = Schemas["InvitationOut"];
export type Invited = Schemas["InvitedOut"];
export type Status = Schemas["StatusOut"];
export type ChannelStatus = Schemas["ChannelStatusOut"];
export type Trouble = Schemas["TroubleOut"];
export type EventIn = Schemas["EventIn"];
export type EventChange = Schemas["EventChangeIn"];
export type SessionIn = Schemas["SessionIn"];
