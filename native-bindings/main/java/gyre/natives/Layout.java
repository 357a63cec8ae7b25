package gyre.natives;

import static gyre.natives.Platform.X86_64;

/**
 * Every structure and every number of the kernel's interface, under its C name; a test compares each with what the C
 * compiler of this machine says. Sizes and offsets are in bytes. They hold for 64-bit Linux; only {@code epoll_event}
 * differs between CPUs.
 */
public final class Layout {
    /** {@code epoll_event}: packed on x86-64, aligned elsewhere. */
    public static final int EPOLL_EVENT_SIZE = X86_64 ? 12 : 16,
            EPOLL_EVENT_EVENTS = 0,
            EPOLL_EVENT_DATA = X86_64 ? 4 : 8;

    /** {@code sockaddr}: the family is a {@code short} in native order. */
    public static final int SOCKADDR_FAMILY = 0, SOCKADDR_STORAGE_SIZE = 128;

    /** {@code sockaddr_in}: port and address are in network order. */
    public static final int SOCKADDR_IN_SIZE = 16, SOCKADDR_IN_PORT = 2, SOCKADDR_IN_ADDR = 4;

    /** {@code sockaddr_in6}: port, flow information and address are in network order, the scope is in native order. */
    public static final int SOCKADDR_IN6_SIZE = 28,
            SOCKADDR_IN6_PORT = 2,
            SOCKADDR_IN6_FLOWINFO = 4,
            SOCKADDR_IN6_ADDR = 8,
            SOCKADDR_IN6_SCOPE_ID = 24;

    /** {@code sockaddr_un}. */
    public static final int SOCKADDR_UN_SIZE = 110, SOCKADDR_UN_PATH = 2;

    /** {@code iovec}: an address and a {@code long}. */
    public static final int IOVEC_SIZE = 16, IOVEC_BASE = 0, IOVEC_LEN = 8;

    /** {@code msghdr}: {@code NAMELEN} and {@code FLAGS} are {@code int}s, the rest addresses and {@code long}s. */
    public static final int MSGHDR_SIZE = 56,
            MSGHDR_NAME = 0,
            MSGHDR_NAMELEN = 8,
            MSGHDR_IOV = 16,
            MSGHDR_IOVLEN = 24,
            MSGHDR_CONTROL = 32,
            MSGHDR_CONTROLLEN = 40,
            MSGHDR_FLAGS = 48;

    /** {@code cmsghdr}: a {@code long}, two {@code int}s, the data; the next one begins at a multiple of 8. */
    public static final int CMSGHDR_LEN = 0, CMSGHDR_LEVEL = 8, CMSGHDR_TYPE = 12, CMSGHDR_DATA = 16;

    /** {@code timespec}: two {@code long}s. */
    public static final int TIMESPEC_SIZE = 16, TIMESPEC_SEC = 0, TIMESPEC_NSEC = 8;

    /** {@code linger}: two {@code int}s. */
    public static final int LINGER_SIZE = 8, LINGER_ONOFF = 0, LINGER_LINGER = 4;

    /** {@code ip_mreqn}: group and local address in network order, an {@code int}. */
    public static final int IP_MREQN_SIZE = 12, IP_MREQN_MULTIADDR = 0, IP_MREQN_ADDRESS = 4, IP_MREQN_IFINDEX = 8;

    /** {@code ipv6_mreq}: the group in network order, an {@code int}. */
    public static final int IPV6_MREQ_SIZE = 20, IPV6_MREQ_MULTIADDR = 0, IPV6_MREQ_INTERFACE = 16;

    /** {@code group_req}: an {@code int} and a {@code sockaddr_storage}. */
    public static final int GROUP_REQ_SIZE = 136, GROUP_REQ_INTERFACE = 0, GROUP_REQ_GROUP = 8;

    /** {@code group_source_req}: begins like {@code group_req}, then another {@code sockaddr_storage}. */
    public static final int GROUP_SOURCE_REQ_SIZE = 264,
            GROUP_SOURCE_REQ_INTERFACE = 0,
            GROUP_SOURCE_REQ_GROUP = 8,
            GROUP_SOURCE_REQ_SOURCE = 136;

    /** {@code ucred}: three {@code int}s. */
    public static final int UCRED_SIZE = 12, UCRED_PID = 0, UCRED_UID = 4, UCRED_GID = 8;

    /** Address families. */
    public static final int AF_UNSPEC = 0, AF_UNIX = 1, AF_INET = 2, AF_INET6 = 10;

    /** Types of sockets. */
    public static final int SOCK_STREAM = 1, SOCK_DGRAM = 2, SOCK_SEQPACKET = 5;

    /** Flags that go with a type, and with {@code accept4}. */
    public static final int SOCK_NONBLOCK = 0x800, SOCK_CLOEXEC = 0x80000;

    /** Protocols, which are also levels of options. */
    public static final int IPPROTO_IP = 0, IPPROTO_TCP = 6, IPPROTO_UDP = 17, IPPROTO_IPV6 = 41;

    /** The level of the {@code SO_…} options. */
    public static final int SOL_SOCKET = 1;

    /** Options of any socket. */
    public static final int SO_REUSEADDR = 2,
            SO_TYPE = 3,
            SO_ERROR = 4,
            SO_BROADCAST = 6,
            SO_SNDBUF = 7,
            SO_RCVBUF = 8,
            SO_KEEPALIVE = 9,
            SO_OOBINLINE = 10,
            SO_PRIORITY = 12,
            SO_LINGER = 13,
            SO_REUSEPORT = 15,
            SO_PASSCRED = 16,
            SO_PEERCRED = 17,
            SO_ACCEPTCONN = 30,
            SO_PROTOCOL = 38,
            SO_DOMAIN = 39,
            SO_BUSY_POLL = 46,
            SO_INCOMING_CPU = 49;

    /** Options of TCP. */
    public static final int TCP_NODELAY = 1,
            TCP_MAXSEG = 2,
            TCP_CORK = 3,
            TCP_KEEPIDLE = 4,
            TCP_KEEPINTVL = 5,
            TCP_KEEPCNT = 6,
            TCP_DEFER_ACCEPT = 9,
            TCP_INFO = 11,
            TCP_QUICKACK = 12,
            TCP_USER_TIMEOUT = 18,
            TCP_FASTOPEN = 23,
            TCP_NOTSENT_LOWAT = 25,
            TCP_FASTOPEN_CONNECT = 30;

    /** Options of IPv4. */
    public static final int IP_TOS = 1,
            IP_TTL = 2,
            IP_MULTICAST_IF = 32,
            IP_MULTICAST_TTL = 33,
            IP_MULTICAST_LOOP = 34,
            IP_ADD_MEMBERSHIP = 35,
            IP_DROP_MEMBERSHIP = 36,
            IP_MULTICAST_ALL = 49;

    /** Options of IPv6. */
    public static final int IPV6_UNICAST_HOPS = 16,
            IPV6_MULTICAST_IF = 17,
            IPV6_MULTICAST_HOPS = 18,
            IPV6_MULTICAST_LOOP = 19,
            IPV6_JOIN_GROUP = 20,
            IPV6_LEAVE_GROUP = 21,
            IPV6_V6ONLY = 26,
            IPV6_MULTICAST_ALL = 29,
            IPV6_TCLASS = 67;

    /** Membership of groups, at the level of the group's family. */
    public static final int MCAST_JOIN_GROUP = 42,
            MCAST_LEAVE_GROUP = 45,
            MCAST_JOIN_SOURCE_GROUP = 46,
            MCAST_LEAVE_SOURCE_GROUP = 47;

    /** Flags of sending and receiving. */
    public static final int MSG_OOB = 1,
            MSG_PEEK = 2,
            MSG_CTRUNC = 8,
            MSG_TRUNC = 0x20,
            MSG_DONTWAIT = 0x40,
            MSG_WAITALL = 0x100,
            MSG_NOSIGNAL = 0x4000,
            MSG_MORE = 0x8000,
            MSG_CMSG_CLOEXEC = 0x40000000;

    /** Control messages of Unix sockets. */
    public static final int SCM_RIGHTS = 1, SCM_CREDENTIALS = 2;

    /** What {@code shutdown} ends. */
    public static final int SHUT_RD = 0, SHUT_WR = 1, SHUT_RDWR = 2;

    /** Events and flags of epoll. */
    public static final int EPOLLIN = 1,
            EPOLLPRI = 2,
            EPOLLOUT = 4,
            EPOLLERR = 8,
            EPOLLHUP = 0x10,
            EPOLLRDHUP = 0x2000,
            EPOLLEXCLUSIVE = 1 << 28,
            EPOLLONESHOT = 1 << 30,
            EPOLLET = 1 << 31;

    /** Operations of {@code epoll_ctl}, and the flag of {@code epoll_create1}. */
    public static final int EPOLL_CTL_ADD = 1, EPOLL_CTL_DEL = 2, EPOLL_CTL_MOD = 3, EPOLL_CLOEXEC = 0x80000;

    /** Flags of {@code eventfd}. */
    public static final int EFD_SEMAPHORE = 1, EFD_NONBLOCK = 0x800, EFD_CLOEXEC = 0x80000;

    /** Commands of {@code fcntl}, and the one flag of a descriptor. */
    public static final int F_GETFD = 1, F_SETFD = 2, F_GETFL = 3, F_SETFL = 4, F_DUPFD_CLOEXEC = 1030, FD_CLOEXEC = 1;

    /** Flags of an open file. */
    public static final int O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_NONBLOCK = 0x800, O_CLOEXEC = 0x80000;

    /** Options of {@code prctl}: the calling thread's timer slack in nanoseconds, 0 to go back to its default. */
    public static final int PR_SET_TIMERSLACK = 29, PR_GET_TIMERSLACK = 30;

    /** Protection and kinds of mappings. */
    static final int PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4, MAP_PRIVATE = 2, MAP_ANONYMOUS = 0x20;

    /** Flags of {@code memfd_create}. */
    static final int MFD_CLOEXEC = 1, MFD_EXEC = 0x10;

    private Layout() {}
}
