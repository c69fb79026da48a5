import { mount } from "../common/mount";
import { ListenPage } from "./ListenPage";

const [event = "", room = ""] = location.pathname.split("/").slice(2).map(decodeURIComponent);
void mount(<ListenPage eventSlug={event} roomSlug={room} />);
