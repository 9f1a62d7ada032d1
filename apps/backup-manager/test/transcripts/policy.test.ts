import { beforeAll, expect, test } from "vitest";
import { type ShellSite, shellSite } from "./shell-site.ts";

let site: ShellSite;
beforeAll(async () => {
  site = await shellSite();
});

test("an uploader may store archives of the configured prefix, and nothing else", async () => {
  expect(await site.shell("backup-manager policy uploader")).toMatchInlineSnapshot(`
    {
      "status": 0,
      "stderr": "",
      "stdout": "{
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "StoreArchives",
          "Effect": "Allow",
          "Action": [
            "s3:PutObject"
          ],
          "Resource": [
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/started.json",
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/KEY.1.gpg",
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/members.*",
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/manifest.json",
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/SHA256SUMS*",
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/archive.json",
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/complete.*",
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/partial.*",
            "arn:aws:s3:::offsite/site-a/chunks/*",
            "arn:aws:s3:::offsite/site-a/uploaders/*"
          ]
        }
      ]
    }
    ",
    }
  `);
});

test("a manager lists, reads and deletes", async () => {
  expect((await site.shell("backup-manager policy manager")).stdout).toMatchInlineSnapshot(`
    "{
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "ListArchives",
          "Effect": "Allow",
          "Action": [
            "s3:ListBucket"
          ],
          "Resource": [
            "arn:aws:s3:::offsite"
          ],
          "Condition": {
            "StringLike": {
              "s3:prefix": [
                "site-a/*"
              ]
            }
          }
        },
        {
          "Sid": "ReadAndDeleteArchives",
          "Effect": "Allow",
          "Action": [
            "s3:GetObject",
            "s3:GetObjectVersion",
            "s3:DeleteObject"
          ],
          "Resource": [
            "arn:aws:s3:::offsite/site-a/archives/*",
            "arn:aws:s3:::offsite/site-a/chunks/*"
          ]
        },
        {
          "Sid": "DeleteOldCanaries",
          "Effect": "Allow",
          "Action": [
            "s3:DeleteObject"
          ],
          "Resource": [
            "arn:aws:s3:::offsite/site-a/uploaders/*/*/canary.*.*.*"
          ]
        },
        {
          "Sid": "PutCanariesAndKeys",
          "Effect": "Allow",
          "Action": [
            "s3:PutObject"
          ],
          "Resource": [
            "arn:aws:s3:::offsite/site-a/uploaders/*/*/canary.*.*.*",
            "arn:aws:s3:::offsite/site-a/archives/*/*/*/KEY.*.gpg"
          ]
        }
      ]
    }
    "
  `);
});

test("a signer lists and reads", async () => {
  expect((await site.shell("backup-manager policy signer")).stdout).toMatchInlineSnapshot(`
    "{
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "ListArchives",
          "Effect": "Allow",
          "Action": [
            "s3:ListBucket"
          ],
          "Resource": [
            "arn:aws:s3:::offsite"
          ],
          "Condition": {
            "StringLike": {
              "s3:prefix": [
                "site-a/archives/*"
              ]
            }
          }
        },
        {
          "Sid": "ReadArchives",
          "Effect": "Allow",
          "Action": [
            "s3:GetObject",
            "s3:GetObjectVersion"
          ],
          "Resource": [
            "arn:aws:s3:::offsite/site-a/archives/*",
            "arn:aws:s3:::offsite/site-a/chunks/*"
          ]
        }
      ]
    }
    "
  `);
});

test("a bucket's policy has both users, and denies the uploader what Ceph gives the owner of an object", async () => {
  const line = "backup-manager policy bucket --uploader up --manager 'acme$man'";
  const { stdout, status } = await site.shell(line);
  expect(status).toBe(0);
  const printed: unknown = JSON.parse(stdout);
  const uploader = { AWS: ["arn:aws:iam:::user/up"] };
  const manager = { AWS: ["arn:aws:iam::acme:user/man"] };
  const Statement = [
    { Sid: "UploaderStoreArchives", Effect: "Allow", Principal: uploader },
    {
      Sid: "UploaderNothingElse",
      Effect: "Deny",
      Principal: uploader,
      Action: expect.arrayContaining(["s3:Get*", "s3:PutObjectAcl"]),
      Resource: ["arn:aws:s3:::offsite", "arn:aws:s3:::offsite/*"],
    },
    { Sid: "ManagerListArchives", Principal: manager },
    { Sid: "ManagerReadAndDeleteArchives", Principal: manager },
    { Sid: "ManagerDeleteOldCanaries", Principal: manager },
    { Sid: "ManagerPutCanariesAndKeys", Principal: manager },
  ];
  expect(printed).toMatchObject({ Statement });
  const { stderr } = await site.shell("backup-manager policy bucket");
  expect(stderr).toMatch(/policy bucket needs --uploader, --manager or --signer/);
});
