import "@mantine/core/styles.css";
import "./fields.css";
import { mount } from "../common/mount";
import { Workplace } from "../common/Workplace";
import { OrganizePage } from "./OrganizePage";

void mount(
  <Workplace>
    <OrganizePage />
  </Workplace>,
  { booth: true },
);
