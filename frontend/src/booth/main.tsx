import { mount } from "../common/mount";
import { BoothPage } from "./BoothPage";
import { JoinPage } from "./JoinPage";
import { startLook } from "./look";

startLook();
const [, , first = "", second = ""] = location.pathname.split("/").map(decodeURIComponent);
void mount(first === "join" && second ? <JoinPage /> : <BoothPage sessionId={first} />, {
  booth: true,
});
