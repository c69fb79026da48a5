import { mount } from "../common/mount";
import { StagePage } from "./StagePage";

const invitation = new URLSearchParams(location.hash.slice(1)).get("i") ?? "";
void mount(<StagePage invitation={invitation} />);
