package gyre.natives;

import static gyre.natives.Platform.X86_64;

/**
 * Every structure and every number of the kernel's interface, under its C name. Sizes and offsets are in bytes, for 64-bit
 * systems; only {@code epoll_event} differs between CPUs.
 *
 * <p>Where three numbers are given they are Linux's, macOS's and FreeBSD's. A test compares the first with what the C
 * compiler of this machine says, and the others with what the libc crate 0.2.139 says of the headers there. What is
 * Linux's alone has no others: epoll, eventfd, prctl and the like. The rest of kqueue is in {@link Bsd}.
 */
public final class Layout {
    /** What an option is that this system does not have. */
    public static final int ABSENT = -1;

    /** {@code epoll_event}: packed on x86-64, aligned elsewhere. */
    public static final int EPOLL_EVENT_SIZE = X86_64 ? 12 : 16,
            EPOLL_EVENT_EVENTS = 0,
            EPOLL_EVENT_DATA = X86_64 ? 4 : 8;

    /** {@code sockaddr}: on Linux the family is a {@code short} in native order, elsewhere a byte behind one of the length. */
    public static final int SOCKADDR_FAMILY = of(0, 1, 1), SOCKADDR_STORAGE_SIZE = 128;

    /** {@code sockaddr_in}: port and address are in network order. */
    public static final int SOCKADDR_IN_SIZE = 16, SOCKADDR_IN_PORT = 2, SOCKADDR_IN_ADDR = 4;

    /** {@code sockaddr_in6}: port, flow information and address are in network order, the scope is in native order. */
    public static final int SOCKADDR_IN6_SIZE = 28,
            SOCKADDR_IN6_PORT = 2,
            SOCKADDR_IN6_FLOWINFO = 4,
            SOCKADDR_IN6_ADDR = 8,
            SOCKADDR_IN6_SCOPE_ID = 24;

    /** {@code sockaddr_un}. */
    public static final int SOCKADDR_UN_SIZE = of(110, 106, 106), SOCKADDR_UN_PATH = 2;

    /** {@code iovec}: an address and a {@code long}. */
    public static final int IOVEC_SIZE = 16, IOVEC_BASE = 0, IOVEC_LEN = 8;

    /**
     * {@code msghdr}: {@code NAMELEN} and {@code FLAGS} are {@code int}s, the rest addresses and {@code long}s; elsewhere
     * than on Linux {@code IOVLEN} and {@code CONTROLLEN} are {@code int}s.
     */
    public static final int MSGHDR_SIZE = of(56, 48, 48),
            MSGHDR_NAME = 0,
            MSGHDR_NAMELEN = 8,
            MSGHDR_IOV = 16,
            MSGHDR_IOVLEN = 24,
            MSGHDR_CONTROL = 32,
            MSGHDR_CONTROLLEN = 40,
            MSGHDR_FLAGS = of(48, 44, 44);

    /**
     * {@code cmsghdr}: a {@code long}, which elsewhere than on Linux is an {@code int}, two {@code int}s, the data; the next
     * one begins at a multiple of 8, on macOS of 4.
     */
    public static final int CMSGHDR_LEN = 0,
            CMSGHDR_LEVEL = of(8, 4, 4),
            CMSGHDR_TYPE = of(12, 8, 8),
            CMSGHDR_DATA = of(16, 12, 16),
            CMSG_ALIGN = of(8, 4, 8);

    /** {@code timespec}: two {@code long}s. */
    public static final int TIMESPEC_SIZE = 16, TIMESPEC_SEC = 0, TIMESPEC_NSEC = 8;

    /** {@code linger}: two {@code int}s. */
    public static final int LINGER_SIZE = 8, LINGER_ONOFF = 0, LINGER_LINGER = 4;

    /** {@code ip_mreqn}: group and local address in network order, an {@code int}. */
    public static final int IP_MREQN_SIZE = 12, IP_MREQN_MULTIADDR = 0, IP_MREQN_ADDRESS = 4, IP_MREQN_IFINDEX = 8;

    /** {@code ipv6_mreq}: the group in network order, an {@code int}. */
    public static final int IPV6_MREQ_SIZE = 20, IPV6_MREQ_MULTIADDR = 0, IPV6_MREQ_INTERFACE = 16;

    /** {@code group_req}: an {@code int} and a {@code sockaddr_storage}; macOS packs it. */
    public static final int GROUP_REQ_SIZE = of(136, 132, 136), GROUP_REQ_INTERFACE = 0, GROUP_REQ_GROUP = of(8, 4, 8);

    /** {@code group_source_req}: begins like {@code group_req}, then another {@code sockaddr_storage}. */
    public static final int GROUP_SOURCE_REQ_SIZE = of(264, 260, 264),
            GROUP_SOURCE_REQ_INTERFACE = 0,
            GROUP_SOURCE_REQ_GROUP = of(8, 4, 8),
            GROUP_SOURCE_REQ_SOURCE = of(136, 132, 136);

    /** {@code ucred}: three {@code int}s. */
    public static final int UCRED_SIZE = 12, UCRED_PID = 0, UCRED_UID = 4, UCRED_GID = 8;

    /** {@code tcp_info}: the state is a byte, times are in µs or ms; newer kernels append to it. FreeBSD's is another. */
    public static final int TCP_INFO_STATE = 0,
            TCP_INFO_CA_STATE = 1,
            TCP_INFO_RETRANSMITS = 2,
            TCP_INFO_RTO = 8,
            TCP_INFO_SND_MSS = 16,
            TCP_INFO_RCV_MSS = 20,
            TCP_INFO_UNACKED = 24,
            TCP_INFO_LOST = 32,
            TCP_INFO_LAST_DATA_SENT = 44,
            TCP_INFO_LAST_DATA_RECV = 52,
            TCP_INFO_PMTU = 60,
            TCP_INFO_RTT = 68,
            TCP_INFO_RTTVAR = 72,
            TCP_INFO_SND_SSTHRESH = 76,
            TCP_INFO_SND_CWND = 80,
            TCP_INFO_RCV_SPACE = 96,
            TCP_INFO_TOTAL_RETRANS = 100,
            TCP_INFO_PACING_RATE = 104,
            TCP_INFO_BYTES_ACKED = 120,
            TCP_INFO_BYTES_RECEIVED = 128,
            TCP_INFO_NOTSENT_BYTES = 144,
            TCP_INFO_MIN_RTT = 148,
            TCP_INFO_DELIVERY_RATE = 160,
            TCP_INFO_BUSY_TIME = 168,
            TCP_INFO_RWND_LIMITED = 176,
            TCP_INFO_SNDBUF_LIMITED = 184,
            TCP_INFO_BYTES_SENT = 200,
            TCP_INFO_BYTES_RETRANS = 208,
            TCP_INFO_SND_WND = 228;

    /** Address families. */
    public static final int AF_UNSPEC = 0, AF_UNIX = 1, AF_INET = 2, AF_INET6 = of(10, 30, 28);

    /** Types of sockets. */
    public static final int SOCK_STREAM = 1, SOCK_DGRAM = 2, SOCK_SEQPACKET = 5;

    /** Flags that go with a type, and with {@code accept4}. macOS has none: {@code WithFlags} sees to it. */
    public static final int SOCK_NONBLOCK = of(0x800, 0x20000000, 0x20000000),
            SOCK_CLOEXEC = of(0x80000, 0x10000000, 0x10000000);

    /** Protocols, which are also levels of options. */
    public static final int IPPROTO_IP = 0, IPPROTO_TCP = 6, IPPROTO_UDP = 17, IPPROTO_IPV6 = 41;

    /** The level of the {@code SO_…} options. */
    public static final int SOL_SOCKET = of(1, 0xFFFF, 0xFFFF);

    /** Options of any socket. Lingering is in seconds, so on macOS it is what it calls {@code SO_LINGER_SEC}. */
    public static final int SO_REUSEADDR = of(2, 4, 4),
            SO_TYPE = of(3, 0x1008, 0x1008),
            SO_ERROR = of(4, 0x1007, 0x1007),
            SO_BROADCAST = of(6, 0x20, 0x20),
            SO_SNDBUF = of(7, 0x1001, 0x1001),
            SO_RCVBUF = of(8, 0x1002, 0x1002),
            SO_KEEPALIVE = of(9, 8, 8),
            SO_OOBINLINE = of(10, 0x100, 0x100),
            SO_PRIORITY = of(12, ABSENT, ABSENT),
            SO_LINGER = of(13, 0x1080, 0x80),
            SO_REUSEPORT = of(15, 0x200, 0x200),
            SO_PASSCRED = of(16, ABSENT, ABSENT),
            SO_PEERCRED = of(17, ABSENT, ABSENT),
            SO_ACCEPTCONN = of(30, 2, 2),
            SO_PROTOCOL = of(38, ABSENT, 0x1016),
            SO_DOMAIN = of(39, ABSENT, 0x1019),
            SO_BUSY_POLL = of(46, ABSENT, ABSENT),
            SO_INCOMING_CPU = of(49, ABSENT, ABSENT);

    /** Options of TCP. The time until the first probe is {@code TCP_KEEPALIVE} on macOS. */
    public static final int TCP_NODELAY = 1,
            TCP_MAXSEG = 2,
            TCP_CORK = of(3, ABSENT, ABSENT),
            TCP_KEEPIDLE = of(4, 0x10, 0x100),
            TCP_KEEPINTVL = of(5, 0x101, 0x200),
            TCP_KEEPCNT = of(6, 0x102, 0x400),
            TCP_DEFER_ACCEPT = of(9, ABSENT, ABSENT),
            TCP_INFO = of(11, ABSENT, 0x20),
            TCP_QUICKACK = of(12, ABSENT, ABSENT),
            TCP_USER_TIMEOUT = of(18, ABSENT, ABSENT),
            TCP_FASTOPEN = of(23, 0x105, 0x401),
            TCP_NOTSENT_LOWAT = of(25, 0x201, ABSENT),
            TCP_FASTOPEN_CONNECT = of(30, ABSENT, ABSENT);

    /** Options of UDP, which are also control messages: a {@code short} when sent, an {@code int} when received. */
    public static final int UDP_SEGMENT = of(103, ABSENT, ABSENT), UDP_GRO = of(104, ABSENT, ABSENT);

    /** Options of IPv4. */
    public static final int IP_TOS = of(1, 3, 3),
            IP_TTL = of(2, 4, 4),
            IP_MULTICAST_IF = of(32, 9, 9),
            IP_MULTICAST_TTL = of(33, 10, 10),
            IP_MULTICAST_LOOP = of(34, 11, 11),
            IP_ADD_MEMBERSHIP = of(35, 12, 12),
            IP_DROP_MEMBERSHIP = of(36, 13, 13),
            IP_MULTICAST_ALL = of(49, ABSENT, ABSENT);

    /** Options of IPv6. */
    public static final int IPV6_UNICAST_HOPS = of(16, 4, 4),
            IPV6_MULTICAST_IF = of(17, 9, 9),
            IPV6_MULTICAST_HOPS = of(18, 10, 10),
            IPV6_MULTICAST_LOOP = of(19, 11, 11),
            IPV6_JOIN_GROUP = of(20, 12, 12),
            IPV6_LEAVE_GROUP = of(21, 13, 13),
            IPV6_V6ONLY = of(26, 27, 27),
            IPV6_MULTICAST_ALL = of(29, ABSENT, ABSENT),
            IPV6_TCLASS = of(67, 36, 61);

    /** Membership of groups, at the level of the group's family. */
    public static final int MCAST_JOIN_GROUP = of(42, 80, 80),
            MCAST_LEAVE_GROUP = of(45, 81, 81),
            MCAST_JOIN_SOURCE_GROUP = of(46, 82, 82),
            MCAST_LEAVE_SOURCE_GROUP = of(47, 83, 83);

    /** Flags of sending and receiving; 0 where there is none. */
    public static final int MSG_OOB = 1,
            MSG_PEEK = 2,
            MSG_CTRUNC = of(8, 0x20, 0x20),
            MSG_TRUNC = of(0x20, 0x10, 0x10),
            MSG_DONTWAIT = of(0x40, 0x80, 0x80),
            MSG_WAITALL = of(0x100, 0x40, 0x40),
            MSG_NOSIGNAL = of(0x4000, 0, 0x20000),
            MSG_MORE = of(0x8000, 0, 0),
            MSG_CMSG_CLOEXEC = of(0x40000000, 0, 0x40000);

    /** Control messages of Unix sockets. */
    public static final int SCM_RIGHTS = 1, SCM_CREDENTIALS = of(2, ABSENT, ABSENT);

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

    /** How many bytes a pipe holds, of {@code fcntl}; not to wait for it, of {@code splice}. */
    public static final int F_GETPIPE_SZ = 1032, SPLICE_F_NONBLOCK = 2;

    /** Flags of {@code eventfd}. */
    public static final int EFD_SEMAPHORE = 1, EFD_NONBLOCK = 0x800, EFD_CLOEXEC = 0x80000;

    /** Commands of {@code fcntl}, and the one flag of a descriptor. */
    public static final int F_GETFD = 1,
            F_SETFD = 2,
            F_GETFL = 3,
            F_SETFL = 4,
            F_DUPFD_CLOEXEC = of(1030, 67, 17),
            FD_CLOEXEC = 1;

    /** Flags of an open file. */
    public static final int O_RDONLY = 0,
            O_WRONLY = 1,
            O_RDWR = 2,
            O_NONBLOCK = of(0x800, 4, 4),
            O_CLOEXEC = of(0x80000, 0x1000000, 0x100000);

    /** Options of {@code prctl}: the calling thread's timer slack in nanoseconds, 0 to go back to its default. */
    public static final int PR_SET_TIMERSLACK = 29, PR_GET_TIMERSLACK = 30;

    /** Protection and kinds of mappings. */
    static final int PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4, MAP_PRIVATE = 2, MAP_ANONYMOUS = 0x20;

    /** Flags of {@code memfd_create}. */
    static final int MFD_CLOEXEC = 1, MFD_EXEC = 0x10;

    /** The system calls that are made by their number, and not by a stub: see {@link SystemCall}. */
    static final int SYS_EPOLL_PWAIT2 = 441, SYS_MEMFD_CREATE = X86_64 ? 319 : 279;

    private Layout() {}

    private static int of(int linux, int macos, int freebsd) {
        return Platform.MACOS ? macos : Platform.FREEBSD ? freebsd : linux;
    }
}
