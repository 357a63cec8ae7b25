/*
 * What the headers of 64-bit FreeBSD declare, as far as Gyre needs it. The facts are those of the libc crate 0.2.139
 * (Debian: librust-libc-dev), unix/mod.rs, unix/bsd/mod.rs, unix/bsd/freebsdlike/mod.rs, and freebsd/mod.rs with its
 * freebsd11 and freebsd12 below that. It lacks MCAST_..., group_req, group_source_req and SOL_LOCAL: those are of
 * sys/netinet/in.h and sys/sys/un.h as in kenrap/freebsd-src f30bcb1, a fork of FreeBSD's, with whose sys/sys/event.h
 * both layouts of struct kevent were compared too, and xucred with sys/sys/ucred.h of freebsd/freebsd-src 00036da.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct in_addr { uint32_t s_addr; };
struct in6_addr { uint32_t s6_addr[4]; };
struct sockaddr { uint8_t sa_len; uint8_t sa_family; char sa_data[14]; };
struct sockaddr_in { uint8_t sin_len; uint8_t sin_family; uint16_t sin_port; struct in_addr sin_addr; char sin_zero[8]; };
struct sockaddr_in6 {
    uint8_t sin6_len; uint8_t sin6_family; uint16_t sin6_port; uint32_t sin6_flowinfo; struct in6_addr sin6_addr;
    uint32_t sin6_scope_id;
};
struct sockaddr_un { uint8_t sun_len; uint8_t sun_family; char sun_path[104]; };
struct sockaddr_storage { uint8_t ss_len; uint8_t ss_family; uint8_t pad1[6]; int64_t align; uint8_t pad2[112]; };
struct iovec { void *iov_base; size_t iov_len; };
struct msghdr {
    void *msg_name; uint32_t msg_namelen; struct iovec *msg_iov; int msg_iovlen; void *msg_control;
    uint32_t msg_controllen; int msg_flags;
};
struct cmsghdr { uint32_t cmsg_len; int cmsg_level; int cmsg_type; };
struct timespec { int64_t tv_sec; long tv_nsec; };
struct linger { int l_onoff; int l_linger; };
struct ip_mreqn { struct in_addr imr_multiaddr; struct in_addr imr_address; int imr_ifindex; };
struct ipv6_mreq { struct in6_addr ipv6mr_multiaddr; unsigned ipv6mr_interface; };
struct group_req { uint32_t gr_interface; struct sockaddr_storage gr_group; };
struct group_source_req { uint32_t gsr_interface; struct sockaddr_storage gsr_group, gsr_source; };
struct xucred { unsigned cr_version; uint32_t cr_uid; short cr_ngroups; uint32_t cr_groups[16]; union { void *unused; int pid; } cr_pid; };

#if FREEBSD >= 12
struct kevent {
    uintptr_t ident; short filter; unsigned short flags; unsigned fflags; int64_t data; void *udata; uint64_t ext[4];
};
#else
struct kevent { uintptr_t ident; short filter; unsigned short flags; unsigned fflags; intptr_t data; void *udata; };
#endif
#define CMSG_LEN(n) (((sizeof(struct cmsghdr) + 7) & ~7) + (n))
#define CMSG_SPACE(n) (CMSG_LEN(0) + (((n) + 7) & ~7))

#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 28
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_SEQPACKET 5
#define SOCK_NONBLOCK 0x20000000
#define SOCK_CLOEXEC 0x10000000
#define IPPROTO_IP 0
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_IPV6 41
#define SOMAXCONN 128
#define SOL_SOCKET 0xffff
#define SO_REUSEADDR 0x0004
#define SO_TYPE 0x1008
#define SO_ERROR 0x1007
#define SO_BROADCAST 0x0020
#define SO_SNDBUF 0x1001
#define SO_RCVBUF 0x1002
#define SO_KEEPALIVE 0x0008
#define SO_OOBINLINE 0x0100
#define SO_LINGER 0x0080
#define SO_REUSEPORT 0x0200
#define SO_ACCEPTCONN 0x0002
#define SO_PROTOCOL 0x1016
#define SO_DOMAIN 0x1019
#define SO_NOSIGPIPE 0x0800
#define TCP_NODELAY 1
#define TCP_MAXSEG 2
#define TCP_KEEPIDLE 256
#define TCP_KEEPINTVL 512
#define TCP_KEEPCNT 1024
#define TCP_INFO 32
#define TCP_FASTOPEN 1025
#define IP_TOS 3
#define IP_TTL 4
#define IP_MULTICAST_IF 9
#define IP_MULTICAST_TTL 10
#define IP_MULTICAST_LOOP 11
#define IP_ADD_MEMBERSHIP 12
#define IP_DROP_MEMBERSHIP 13
#define MCAST_JOIN_GROUP 80
#define MCAST_LEAVE_GROUP 81
#define MCAST_JOIN_SOURCE_GROUP 82
#define MCAST_LEAVE_SOURCE_GROUP 83
#define IPV6_UNICAST_HOPS 4
#define IPV6_MULTICAST_IF 9
#define IPV6_MULTICAST_HOPS 10
#define IPV6_MULTICAST_LOOP 11
#define IPV6_JOIN_GROUP 12
#define IPV6_LEAVE_GROUP 13
#define IPV6_V6ONLY 27
#define IPV6_TCLASS 61
#define MSG_OOB 0x00000001
#define MSG_PEEK 0x00000002
#define MSG_CTRUNC 0x00000020
#define MSG_TRUNC 0x00000010
#define MSG_DONTWAIT 0x00000080
#define MSG_WAITALL 0x00000040
#define MSG_NOSIGNAL 0x20000
#define MSG_CMSG_CLOEXEC 0x00040000
#define SCM_RIGHTS 0x01
#define SOL_LOCAL 0
#define LOCAL_PEERCRED 1
#define SHUT_RD 0
#define SHUT_WR 1
#define SHUT_RDWR 2
#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4
#define F_DUPFD_CLOEXEC 17
#define FD_CLOEXEC 0x1
#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2
#define O_NONBLOCK 0x4
#define O_CLOEXEC 0x00100000
#define EVFILT_READ -1
#define EVFILT_WRITE -2
#define EVFILT_USER -11
#define EV_ADD 0x1
#define EV_DELETE 0x2
#define EV_ONESHOT 0x10
#define EV_CLEAR 0x20
#define EV_RECEIPT 0x40
#define EV_EOF 0x8000
#define EV_ERROR 0x4000
#define NOTE_TRIGGER 0x01000000
#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define ENXIO 6
#define EBADF 9
#define EAGAIN 35
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define EEXIST 17
#define ENODEV 19
#define ENOTDIR 20
#define EISDIR 21
#define EINVAL 22
#define ENFILE 23
#define EMFILE 24
#define ENOSPC 28
#define EROFS 30
#define EPIPE 32
#define ENAMETOOLONG 63
#define ENOSYS 78
#define ELOOP 62
#define EOVERFLOW 84
#define EPROTO 92
#define ENOTSOCK 38
#define EDESTADDRREQ 39
#define EMSGSIZE 40
#define EPROTOTYPE 41
#define ENOPROTOOPT 42
#define EPROTONOSUPPORT 43
#define EOPNOTSUPP 45
#define EAFNOSUPPORT 47
#define EADDRINUSE 48
#define EADDRNOTAVAIL 49
#define ENETDOWN 50
#define ENETUNREACH 51
#define ENETRESET 52
#define ECONNABORTED 53
#define ECONNRESET 54
#define ENOBUFS 55
#define EISCONN 56
#define ENOTCONN 57
#define ESHUTDOWN 58
#define ETOOMANYREFS 59
#define ETIMEDOUT 60
#define ECONNREFUSED 61
#define EHOSTDOWN 64
#define EHOSTUNREACH 65
#define EALREADY 37
#define EINPROGRESS 36
