/** A list of what a bundle holds, in the format of CycloneDX. The same bundle has the same list: it has no time and no serial number. */
export function sbomOf({ name, version, license }, packages) {
  const list = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": name,
        name,
        version,
        licenses: licences(license),
      },
    },
    components: packages.map(component),
    dependencies: [{ ref: name, dependsOn: packages.map(purl) }],
  };
  return `${JSON.stringify(list, undefined, 2)}\n`;
}

function component(one) {
  const [, group, name] = /^(?:(@[^/]+)\/)?(.+)$/.exec(one.name);
  return {
    type: "library",
    "bom-ref": purl(one),
    ...(group !== undefined && { group }),
    name,
    version: one.version,
    licenses: licences(one.license),
    purl: purl(one),
    externalReferences: [{ type: "vcs", url: one.source }],
  };
}

function purl({ name, version }) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** By SPDX's names of today: "+" is that of yesterday. */
function licences(license) {
  return [{ license: { id: license.replace(/\+$/, "-or-later") } }];
}
