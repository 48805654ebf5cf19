/**
 * Names that Azure takes for no administrator of a machine.
 * Source: https://learn.microsoft.com/javascript/api/@azure/arm-compute/virtualmachinescalesetosprofile (adminUsername,
 * "Disallowed values", read 2026-11-30)
 */
export const refusedAdministrators: readonly string[] = [
  ...["administrator", "admin", "user", "user1", "test", "user2", "test1", "user3", "admin1", "1", "123", "a"],
  ...["actuser", "adm", "admin2", "aspnet", "backup", "console", "david", "guest", "john", "owner", "root", "server"],
  ...["sql", "support", "support_388945a0", "sys", "test2", "test3", "user4", "user5"],
];

/**
 * Users and groups that Ubuntu has from the start: a user of such a name cannot be made, or has the home and the rights of
 * another.
 * Source: Debian base-passwd 3.6, passwd.master and group.master
 */
export const ubuntuAccounts: readonly string[] = [
  ...["root", "daemon", "bin", "sys", "sync", "games", "man", "lp", "mail", "news", "uucp", "proxy", "www-data"],
  ...["backup", "list", "irc", "nobody", "nogroup", "adm", "tty", "disk", "kmem", "dialout", "fax", "voice", "cdrom"],
  ...["floppy", "tape", "sudo", "audio", "dip", "operator", "src", "shadow", "utmp", "video", "sasl", "plugdev"],
  ...["staff", "users"],
];
