package gyre.sys;

/**
 * Who was at the other end of a Unix stream when it was connected, by the kernel's word. On the accepting side that is who
 * connected, on the connecting side who began to listen. Numbers as this process's namespaces see them.
 *
 * @param uid the effective user, from 0 to 2³² − 1
 * @param gid the effective group, likewise
 * @param pid the process; 0 if it is not seen from here. It may have ended since, and its number be another's
 */
public record PeerCredentials(long uid, long gid, long pid) {}
