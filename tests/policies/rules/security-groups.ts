import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { nsgNoUdpFromInternet } from "../../../policies/rules/network/nsg-no-udp-from-internet";
import { nsgNoPlainHttp } from "../../../policies/rules/network/nsg-no-plain-http";
import { nsgRuleSane } from "../../../policies/rules/network/nsg-rule-sane";
import { account, securityGroup } from "../fixtures";
import { resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const rule = "securityRules[0]";
const source = `${rule}.sourceAddressPrefix`;

const from = (protocol: string, port: string): Record<string, unknown> => ({
  [source]: "Internet",
  [`${rule}.protocol`]: protocol,
  [`${rule}.destinationPortRange`]: port,
});

/** Rules about network security groups. */
export const securityGroupTables: readonly RuleCases[] = [
  table(nsgNoUdpFromInternet, securityGroup, {
    compliant: {
      "TCP from the internet": [from("Tcp", "443")],
      "a protocol that there is not": [from("udp-lite", "443")],
      "a protocol that is no text": [{ ...from("Tcp", "443"), [`${rule}.protocol`]: 17 }],
    },
    broken: {
      "any protocol, in words": [
        from("Any", "443"),
        `${source} is "Internet"; must be a network of yours while ${rule}.protocol is "Any"`,
      ],
      UDP: [from("udp", "53"), `${source} is "Internet"; must be a network of yours while ${rule}.protocol is "udp"`],
      "every protocol": [
        from("*", "443"),
        `${source} is "Internet"; must be a network of yours while ${rule}.protocol is "*"`,
      ],
    },
    absent: { "the rules": [{ securityRules: undefined }] },
    unknown: {
      "the protocol": [{ ...from("Udp", "53"), [`${rule}.protocol`]: unknownValue }, `?${rule}.protocol`],
      "the source": [{ [source]: unknownValue }, `?${source}`],
    },
    notApplicable: { "the own network": [{ [`${rule}.protocol`]: "Udp" }] },
  }),
  table(nsgNoPlainHttp, securityGroup, {
    compliant: {
      HTTPS: [from("Tcp", "443")],
      SSH: [from("Tcp", "22")],
      "ports on both sides of it": [from("Tcp", "1-79,81-90")],
    },
    broken: {
      "the second of two": [
        from("Tcp", "443,80"),
        `${source} is "Internet"; must be a network of yours while the rule allows port 80`,
      ],
      HTTP: [from("Tcp", "80"), `${source} is "Internet"; must be a network of yours while the rule allows port 80`],
      "a range with it": [
        from("Tcp", "79-90"),
        `${source} is "Internet"; must be a network of yours while the rule allows port 80`,
      ],
    },
    absent: { "the rules": [{ securityRules: undefined }] },
    unknown: { "the source": [{ [source]: unknownValue }, `?${source}`] },
    notApplicable: { "every port, which nsg-no-any-any tells": [from("Tcp", "*")] },
  }),
  table(nsgRuleSane, securityGroup, {
    compliant: {
      "the same priority the other way": [
        { "securityRules[1].priority": 100, "securityRules[1].direction": "Outbound" },
      ],
      "a rule of its own": [[resource(types.securityRule, { priority: 4096, destinationPortRange: "22" })]],
      "a priority that several have, without a direction": [
        {
          "securityRules[0].direction": undefined,
          "securityRules[1].priority": 100,
          "securityRules[1].direction": undefined,
        },
      ],
      "the same priority as one without a direction": [
        { "securityRules[0].direction": undefined, "securityRules[1].priority": 100 },
      ],
      "an empty plural field": [{ [`${rule}.sourceAddressPrefixes`]: [] }],
      "the last port": [{ [`${rule}.destinationPortRange`]: "65535" }],
    },
    broken: {
      "two rules without a priority, which are no twins": [
        { "securityRules[0].priority": undefined, "securityRules[1].priority": undefined },
        "securityRules[0].priority is absent; must be a whole number from 100 to 4096",
        "securityRules[1].priority is absent; must be a whole number from 100 to 4096",
      ],
      "one priority for three": [
        { "securityRules[1].priority": 100, "securityRules[2]": { priority: 100, direction: "INBOUND" } },
        "securityRules[1].priority is 100; must differ from that of securityRules[0]",
        "securityRules[2].priority is 100; must differ from that of securityRules[0]",
      ],
      ...Object.fromEntries(
        ["65536", "80,90-80", "1-2-3", "", 7.5].map((ports) => [
          `the ports '${ports}'`,
          [
            { [`${rule}.destinationPortRange`]: ports },
            `${rule}.destinationPortRange is ${JSON.stringify(ports)}; must be a port, a range of ports or *`,
          ] as const,
        ]),
      ),
      ...Object.fromEntries(
        (["sourceAddressPrefix", "destinationAddressPrefix"] as const).map((one) => [
          `both fields of ${one}`,
          [
            { [`${rule}.${one}`]: "10.0.0.0/8", [`${rule}.${one}es`]: ["10.1.0.0/16"] },
            `${rule}.${one}es is ["10.1.0.0/16"]; must be absent beside ${one}`,
          ] as const,
        ]),
      ),
      "both fields of the ports of who sends": [
        { [`${rule}.sourcePortRanges`]: ["443"] },
        `${rule}.sourcePortRanges is ["443"]; must be absent beside sourcePortRange`,
      ],
      "one priority for two": [
        { "securityRules[1].priority": 100, "securityRules[1].direction": "inbound" },
        "securityRules[1].priority is 100; must differ from that of securityRules[0]",
      ],
      "a priority that Azure keeps": [
        { [`${rule}.priority`]: 65000 },
        `${rule}.priority is 65000; must be a whole number from 100 to 4096`,
      ],
      "both fields": [
        { [`${rule}.destinationPortRanges`]: ["443"] },
        `${rule}.destinationPortRanges is ["443"]; must be absent beside destinationPortRange`,
      ],
      "no port": [
        { [`${rule}.destinationPortRange`]: "https" },
        `${rule}.destinationPortRange is "https"; must be a port, a range of ports or *`,
      ],
      "a range from its end": [
        [resource(types.securityRule, { priority: 100, sourcePortRanges: ["90-80"] })],
        'sourcePortRanges[0] is "90-80"; must be a port, a range of ports or *',
      ],
    },
    absent: {
      "the priority": [
        { [`${rule}.priority`]: undefined },
        `${rule}.priority is absent; must be a whole number from 100 to 4096`,
      ],
    },
    unknown: {
      "the priority": [{ [`${rule}.priority`]: unknownValue }, `?${rule}.priority`],
      "a rule": [{ [rule]: unknownValue }, `?${rule}`],
    },
    notApplicable: otherType,
  }),
];
