import { mount } from "../common/mount";
import { BoothPage } from "./BoothPage";
import { startLook } from "./look";

startLook();
const sessionId = decodeURIComponent(location.pathname.split("/")[2] ?? "");
void mount(<BoothPage sessionId={sessionId} />, { booth: true });
