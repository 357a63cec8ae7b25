/*
 * What a kernel may answer and seldom does: for tests that load this before the C library (LD_PRELOAD) and have the engine
 * make its calls through JNA. Faults come only on a thread that has asked for them, on its sockets and queues.
 *
 * Nothing is done that the kernel could not do. A refusal or a short count that comes of no reason is followed by a new
 * edge, as a real one is: the registration is made anew. An error comes instead of the call, which is not made.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { RECEIVE, SEND, ACCEPT, WAIT, REGISTER, OPEN, CONNECT, CONFIGURE, ASK, CALLS };

/* What each may answer: first what only asks for another try, then, behind a 0, what fails it. */
static const int errors[CALLS][12] = {
    [RECEIVE] = { EINTR, EAGAIN, 0, ECONNRESET, ETIMEDOUT, ENOMEM },
    [SEND] = { EINTR, EAGAIN, 0, EPIPE, ECONNRESET, ENOBUFS, ENOMEM, ETIMEDOUT },
    [ACCEPT] = { EINTR, EAGAIN, ECONNABORTED, EPROTO, EPERM, EMFILE, ENFILE, ENOBUFS, ENOMEM, 0 },
    [WAIT] = { EINTR, 0 },
    [REGISTER] = { 0, ENOMEM, ENOSPC },
    [OPEN] = { 0, EMFILE, ENFILE, ENOBUFS, ENOMEM },
    [CONNECT] = { 0, ECONNREFUSED, ENETUNREACH, EADDRNOTAVAIL, ETIMEDOUT },
    [CONFIGURE] = { 0, ENOBUFS, ENOMEM },
    [ASK] = { 0, ENOBUFS },
};

#define MOST (1 << 16)
enum { OTHER, STREAM, DATAGRAM };

static struct {
    unsigned char kind;
    int queue; /* and 1, where it is registered */
    struct epoll_event event;
} of[MOST];

static __thread uint64_t state;
static __thread int one_in; /* 0: none */
static __thread int spared = -1;
static __thread bool failing;
static __thread int chosen = -1, countdown, chosen_error;
static __thread long short_counts, retries[CALLS], failures[CALLS][3];

static uint64_t next(void) {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

/*
 * From now on, on this thread: a fault one time in so many, by chance; errors that fail something only where wanted, and
 * never in calls of one kind.
 */
void faults_by_chance(long seed, int one_time_in, int fatal, int but) {
    state = 0x9E3779B97F4A7C15u * (uint64_t) (seed + 1) | 1;
    one_in = one_time_in;
    failing = fatal;
    spared = but;
}

/* The call of that kind, counted from 1, answers this error; then all is as usual. */
void fault_at(int call, int number, int error) {
    chosen = call;
    countdown = number;
    chosen_error = error;
}

void faults_off(void) {
    one_in = 0;
    chosen = -1;
}

/* How many calls of a kind, on sockets of a kind, have failed on this thread. */
long faults_failures(int call, int kind) { return failures[call][kind]; }

long faults_others(void) {
    long sum = short_counts;
    for (int call = 0; call < CALLS; call++) sum += retries[call];
    return sum;
}

/* How many errors the table has for a call, and which is at a place, first those that fail nothing. */
int faults_error(int call, int place) {
    for (int i = 0, seen = 0; i < 11; i++) {
        if (errors[call][i] != 0 && seen++ == place) return errors[call][i];
    }
    return 0;
}

int faults_is_harmless(int call, int error) {
    for (int i = 0; errors[call][i] != 0; i++) {
        if (errors[call][i] == error) return 1;
    }
    return 0;
}

static int kind(int fd) { return fd >= 0 && fd < MOST ? of[fd].kind : OTHER; }

static int (*real_ctl)(int, int, int, struct epoll_event *);

static void edge(int fd) {
    if (fd < MOST && of[fd].queue != 0) {
        int saved = errno;
        real_ctl(of[fd].queue - 1, EPOLL_CTL_MOD, fd, &of[fd].event);
        errno = saved;
    }
}

/* Whether a call is to fail; then errno says how. */
static bool fails(int call, int fd) {
    int error = 0;
    if (chosen == call && --countdown == 0) {
        error = chosen_error;
        chosen = -1;
    } else if (one_in > 0 && call != spared && next() % (uint64_t) one_in == 0) {
        int harmless = 0, all;
        while (errors[call][harmless] != 0) harmless++;
        all = harmless;
        while (failing && errors[call][all + 1] != 0) all++;
        if (all > 0) {
            int which = (int) (next() % (uint64_t) all);
            error = errors[call][which < harmless ? which : which + 1];
        }
    }
    if (error == 0) return false;
    bool again = error == EINTR || error == EAGAIN;
    if (again || call == ACCEPT) retries[call]++;
    else failures[call][kind(fd)]++;
    if (error == EAGAIN) edge(fd);
    errno = error;
    return true;
}

/* How much of a stream to move. */
static size_t part(int fd, size_t length) {
    if (one_in == 0 || length < 2 || kind(fd) != STREAM || next() % (uint64_t) one_in != 0) return length;
    short_counts++;
    return 1 + next() % (length - 1);
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (real == NULL) real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name)

#define MOVE(name, call, constant, ...) \
    REAL(name); \
    if (kind(fd) == OTHER) return real(fd, buffer, length, ##__VA_ARGS__); \
    if (fails(call, fd)) return -1; \
    size_t some = part(fd, length); \
    ssize_t count = real(fd, buffer, some, ##__VA_ARGS__); \
    if (some < length) edge(fd); \
    return count

ssize_t read(int fd, void *buffer, size_t length) { MOVE(read, RECEIVE, ); }

ssize_t write(int fd, const void *buffer, size_t length) { MOVE(write, SEND, ); }

ssize_t recv(int fd, void *buffer, size_t length, int flags) { MOVE(recv, RECEIVE, , flags); }

ssize_t send(int fd, const void *buffer, size_t length, int flags) { MOVE(send, SEND, , flags); }

ssize_t recvfrom(int fd, void *buffer, size_t length, int flags, struct sockaddr *from, socklen_t *size) {
    MOVE(recvfrom, RECEIVE, , flags, from, size);
}

ssize_t sendto(int fd, const void *buffer, size_t length, int flags, const struct sockaddr *to, socklen_t size) {
    MOVE(sendto, SEND, , flags, to, size);
}

/* Of several pieces, a part of the first that has bytes. */
#define MOVE_PIECES(name, call) \
    REAL(name); \
    if (kind(fd) == OTHER) return real(fd, pieces, count); \
    if (fails(call, fd)) return -1; \
    for (int i = 0; i < count; i++) { \
        size_t some = part(fd, pieces[i].iov_len); \
        if (some < pieces[i].iov_len) { \
            struct iovec cut = { pieces[i].iov_base, some }; \
            if (i == 0) { \
                ssize_t moved = real(fd, &cut, 1); \
                edge(fd); \
                return moved; \
            } \
        } \
    } \
    return real(fd, pieces, count)

ssize_t readv(int fd, const struct iovec *pieces, int count) { MOVE_PIECES(readv, RECEIVE); }

ssize_t writev(int fd, const struct iovec *pieces, int count) { MOVE_PIECES(writev, SEND); }

ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
    REAL(recvmsg);
    return kind(fd) != OTHER && fails(RECEIVE, fd) ? -1 : real(fd, message, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    REAL(sendmsg);
    if (kind(fd) == OTHER) return real(fd, message, flags);
    if (fails(SEND, fd)) return -1;
    if (message->msg_iovlen == 0 || message->msg_controllen > 0) return real(fd, message, flags);
    size_t some = part(fd, message->msg_iov[0].iov_len);
    if (some == message->msg_iov[0].iov_len) return real(fd, message, flags);
    struct iovec cut = { message->msg_iov[0].iov_base, some };
    struct msghdr less = *message;
    less.msg_iov = &cut;
    less.msg_iovlen = 1;
    ssize_t count = real(fd, &less, flags);
    edge(fd);
    return count;
}

static int opened(int fd, int type) {
    if (fd >= 0 && fd < MOST) {
        of[fd].queue = 0;
        of[fd].kind = (type & 0xF) == SOCK_STREAM ? STREAM : DATAGRAM;
    }
    return fd;
}

int socket(int domain, int type, int protocol) {
    REAL(socket);
    return fails(OPEN, -1) ? -1 : opened(real(domain, type, protocol), type);
}

int accept(int fd, struct sockaddr *from, socklen_t *size) {
    REAL(accept);
    return fails(ACCEPT, fd) ? -1 : opened(real(fd, from, size), SOCK_STREAM);
}

int accept4(int fd, struct sockaddr *from, socklen_t *size, int flags) {
    REAL(accept4);
    return fails(ACCEPT, fd) ? -1 : opened(real(fd, from, size, flags), SOCK_STREAM);
}

int connect(int fd, const struct sockaddr *to, socklen_t size) {
    REAL(connect);
    return fails(CONNECT, fd) ? -1 : real(fd, to, size);
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t size) {
    REAL(setsockopt);
    return fails(CONFIGURE, fd) ? -1 : real(fd, level, name, value, size);
}

int getsockopt(int fd, int level, int name, void *value, socklen_t *size) {
    REAL(getsockopt);
    return fails(ASK, fd) ? -1 : real(fd, level, name, value, size);
}

int getsockname(int fd, struct sockaddr *name, socklen_t *size) {
    REAL(getsockname);
    return fails(ASK, fd) ? -1 : real(fd, name, size);
}

int getpeername(int fd, struct sockaddr *name, socklen_t *size) {
    REAL(getpeername);
    return fails(ASK, fd) ? -1 : real(fd, name, size);
}

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < MOST) memset(&of[fd], 0, sizeof of[fd]);
    return real(fd);
}

int epoll_ctl(int queue, int operation, int fd, struct epoll_event *event) {
    if (real_ctl == NULL) real_ctl = (__typeof__(real_ctl)) dlsym(RTLD_NEXT, "epoll_ctl");
    if (operation == EPOLL_CTL_ADD && kind(fd) != OTHER && fails(REGISTER, fd)) return -1;
    int result = real_ctl(queue, operation, fd, event);
    if (result == 0 && fd >= 0 && fd < MOST) {
        of[fd].queue = operation == EPOLL_CTL_DEL ? 0 : queue + 1;
        if (operation != EPOLL_CTL_DEL) of[fd].event = *event;
    }
    return result;
}

int epoll_wait(int queue, struct epoll_event *events, int room, int millis) {
    REAL(epoll_wait);
    return fails(WAIT, -1) ? -1 : real(queue, events, room, millis);
}

long syscall(long number, ...) {
    REAL(syscall);
    va_list arguments;
    va_start(arguments, number);
    long a[6];
    for (int i = 0; i < 6; i++) a[i] = va_arg(arguments, long);
    va_end(arguments);
    if (number == SYS_epoll_pwait2 && fails(WAIT, -1)) return -1;
    return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
