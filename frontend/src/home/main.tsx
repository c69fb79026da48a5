import { mount } from "../common/mount";
import { HomePage } from "./HomePage";

void mount(<HomePage />);
