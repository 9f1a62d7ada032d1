import { type Common, defineCommand } from "../command-line/command.ts";

export type DoctorInvocation = Common;

export const DOCTOR = defineCommand({
  name: "doctor",
  usage: "",
  summary: "check configuration, store, keys, clock and BackupPC",
  options: {},
  examples: [["backup-manager doctor --quiet", "show only what needs attention"]],
  json: async () => (await import("./doctor-json.ts")).doctorJsonSchema,
  read: () => ({}),
  async run(asked, { environment, output }) {
    const { doctor } = await import("./doctor.ts");
    return await doctor(asked, environment, output);
  },
});
