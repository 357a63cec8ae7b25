/*
 * kqueue and kevent on Linux, over epoll and an eventfd: for tests of the kqueue backend where there is no such kernel.
 *
 * The layout of struct kevent is that of macOS; the numbers are those of libkqueue on Linux, so that either library can
 * stand in for the other. Filters: EVFILT_READ, EVFILT_WRITE, EVFILT_USER. What the manual pages leave open:
 *
 *  - Both filters of a descriptor share one epoll registration. An edge of one may report the other again, and one that is
 *    EV_CLEAR beside one that is not is reported as often as that one.
 *  - The data of EVFILT_WRITE is 1.
 *  - Which error waits on a socket can't be asked without taking it away: fflags is ECONNRESET for all of them.
 *  - A reading end has no EVFILT_WRITE, a writing end no EVFILT_READ: EINVAL. A file can't be watched: EPERM.
 *  - Filters go with their descriptor when it is closed, as the manual says. Built with -DLIKE_LIBKQUEUE they stay, and a
 *    successor of that number gets ENOENT until they are deleted.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "kqueue.h"

static struct queue queues[QUEUES];
static int always_readable;
static __thread int calls_to_fail, additions_to_fail, failure;

__attribute__((constructor)) static void begin(void) {
    always_readable = eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK);
}

int kqueue(void) {
    int kq = epoll_create1(EPOLL_CLOEXEC);
    if (kq < 0 || kq >= QUEUES) {
        return -1; /* the kernel's numbers begin at the smallest: far too many are open */
    }
    struct queue *queue = &queues[kq];
    pthread_mutex_lock(&queue->lock);
    free(queue->slots);
    for (struct user *gone; (gone = queue->users) != NULL; free(gone)) {
        queue->users = gone->next;
    }
    queue->slots = NULL;
    queue->count = 0;
    queue->epoll = kq;
    queue->owed.filter = 0;
    pthread_mutex_unlock(&queue->lock);
    return kq;
}

static bool on(const struct note *note) {
    return note->there && !note->off;
}

/* Tells epoll what is wanted of a descriptor: 0 or an errno. Whatever is ready is reported once more. */
static int watch(struct queue *queue, int fd) {
    struct slot *slot = &queue->slots[fd];
    struct note *reading = &slot->notes[0], *writing = &slot->notes[1];
    struct epoll_event event = {0};
    if (!reading->there && !writing->there) {
        return epoll_ctl(queue->epoll, EPOLL_CTL_DEL, fd, &event) == 0 ? 0 : errno;
    }
    bool level = (on(reading) && !(reading->flags & EV_CLEAR)) || (on(writing) && !(writing->flags & EV_CLEAR));
    event.events = (on(reading) ? EPOLLIN | EPOLLRDHUP : 0) | (on(writing) ? EPOLLOUT : 0) | (level ? 0 : EPOLLET);
    event.data.u64 = (uint64_t) slot->generation << 32 | (uint32_t) fd;
    if (epoll_ctl(queue->epoll, EPOLL_CTL_MOD, fd, &event) == 0) {
        return 0;
    }
    return errno == ENOENT && epoll_ctl(queue->epoll, EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : errno;
}

/* Whether epoll has forgotten a descriptor that is thought to be watched: it was closed, and is another one now. */
static bool forgotten(struct queue *queue, int fd) {
    struct slot *slot = &queue->slots[fd];
    if (!slot->notes[0].there && !slot->notes[1].there) {
        return true;
    }
    struct epoll_event nothing = {.events = EPOLLET};
    nothing.data.u64 = (uint64_t) slot->generation << 32 | (uint32_t) fd;
    return epoll_ctl(queue->epoll, EPOLL_CTL_MOD, fd, &nothing) != 0 && errno == ENOENT;
}

/* EV_ADD and its like, without EV_DELETE. */
static void set(struct note *note, const struct kevent *change) {
    if (change->flags & EV_ADD) {
        note->there = true;
        note->flags = change->flags & (EV_ONESHOT | EV_CLEAR);
        note->udata = change->udata;
        note->off = false;
    }
    if (change->flags & EV_ENABLE) {
        note->off = false;
    }
    if (change->flags & EV_DISABLE) {
        note->off = true;
    }
}

static int change_descriptor(struct queue *queue, const struct kevent *change) {
    bool writing = change->filter == EVFILT_WRITE;
    int fd = change->ident > INT_MAX ? -1 : (int) change->ident;
    int mode = fcntl(fd, F_GETFL);
    if (mode < 0) {
        return EBADF;
    }
    if (change->flags & EV_ADD && (mode & O_ACCMODE) == (writing ? O_RDONLY : O_WRONLY)) {
        return EINVAL;
    }
    if ((size_t) fd >= queue->count) {
        size_t count = (size_t) fd * 2 + 64;
        struct slot *slots = realloc(queue->slots, count * sizeof *slots);
        if (slots == NULL) {
            return ENOMEM;
        }
        memset(slots + queue->count, 0, (count - queue->count) * sizeof *slots);
        queue->slots = slots;
        queue->count = count;
    }
    struct slot *slot = &queue->slots[fd];
    if (forgotten(queue, fd)) {
#ifdef LIKE_LIBKQUEUE
        if (slot->notes[0].there || slot->notes[1].there) {
            slot->notes[writing].there &= !(change->flags & EV_DELETE);
            return ENOENT;
        }
#endif
        memset(slot->notes, 0, sizeof slot->notes);
        slot->generation++;
    }
    struct note *note = &slot->notes[writing];
    if (!note->there && !(change->flags & EV_ADD)) {
        watch(queue, fd);
        return ENOENT;
    }
    if (change->flags & EV_DELETE) {
        memset(note, 0, sizeof *note);
        return watch(queue, fd);
    }
    struct note before = *note;
    set(note, change);
    int error = watch(queue, fd);
    if (error != 0) {
        *note = before;
    }
    return error == ENOSPC ? ENOMEM : error;
}

/* Ends the wait of whoever waits, or the next one. */
static void ring(struct queue *queue) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT, .data.u64 = USERS};
    if (epoll_ctl(queue->epoll, EPOLL_CTL_MOD, always_readable, &event) != 0) {
        epoll_ctl(queue->epoll, EPOLL_CTL_ADD, always_readable, &event);
    }
}

static int change_user(struct queue *queue, const struct kevent *change) {
    struct user **at = &queue->users;
    while (*at != NULL && (*at)->ident != change->ident) {
        at = &(*at)->next;
    }
    struct user *user = *at;
    if (user == NULL && !(change->flags & EV_ADD)) {
        return ENOENT;
    }
    if (change->flags & EV_DELETE) {
        *at = user->next;
        free(user);
        return 0;
    }
    if (user == NULL) {
        user = *at = calloc(1, sizeof *user);
        if (user == NULL) {
            return ENOMEM;
        }
        user->ident = change->ident;
    }
    set(&user->note, change);
    user->triggered |= (change->fflags & NOTE_TRIGGER) != 0;
    if (user->triggered && on(&user->note)) {
        ring(queue);
    }
    return 0;
}

static int apply(struct queue *queue, const struct kevent *change) {
    if (change->flags & EV_DELETE && queue->owed.filter == change->filter && queue->owed.ident == change->ident) {
        queue->owed.filter = 0;
    }
    if (change->filter == EVFILT_READ || change->filter == EVFILT_WRITE) {
        return change_descriptor(queue, change);
    }
    return change->filter == EVFILT_USER ? change_user(queue, change) : EINVAL;
}

/* For tests: so many calls of this thread fail, those by EINTR with their changes made, or so many of its additions. */
void kqueue_fail(int calls, int additions, int error) {
    calls_to_fail = calls;
    additions_to_fail = additions;
    failure = error;
}

static intptr_t readable(int fd) {
    int bytes;
    return ioctl(fd, FIONREAD, &bytes) == 0 ? bytes : 1; /* a listener has no bytes */
}

static struct kevent told(struct slot *slot, int fd, bool writing, uint32_t events) {
    struct note *note = &slot->notes[writing];
    /* A pipe that nobody reads is only an error to epoll. */
    bool over = events & EPOLLHUP || (writing ? events & EPOLLERR && fcntl(fd, F_GETFL) & O_WRONLY : events & EPOLLRDHUP);
    return (struct kevent) {
        .ident = fd,
        .filter = writing ? EVFILT_WRITE : EVFILT_READ,
        .flags = note->flags | (over ? EV_EOF : 0),
        .fflags = events & EPOLLERR ? ECONNRESET : 0,
        .data = writing ? 1 : readable(fd),
        .udata = note->udata,
    };
}

static int collect_users(struct queue *queue, struct kevent *out, int room) {
    int n = 0;
    for (struct user **at = &queue->users; *at != NULL;) {
        struct user *user = *at;
        if (user->triggered && on(&user->note)) {
            if (n == room) {
                ring(queue);
                break;
            }
            out[n++] = (struct kevent) {
                .ident = user->ident, .filter = EVFILT_USER, .flags = user->note.flags, .udata = user->note.udata,
            };
            user->triggered = !(user->note.flags & EV_CLEAR);
            if (user->note.flags & EV_ONESHOT) {
                *at = user->next;
                free(user);
                continue;
            }
            if (user->triggered) {
                ring(queue);
            }
        }
        at = &user->next;
    }
    return n;
}

/* One event of epoll is up to two of kqueue; there is room for the first. */
static int collect_descriptor(struct queue *queue, struct epoll_event *event, struct kevent *out, int room) {
    int fd = (int) (uint32_t) event->data.u64;
    if ((size_t) fd >= queue->count || queue->slots[fd].generation != event->data.u64 >> 32) {
        return 0;
    }
    struct slot *slot = &queue->slots[fd];
    const uint32_t wanted[] = {EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR, EPOLLOUT | EPOLLHUP | EPOLLERR};
    int n = 0;
    bool spent = false;
    for (int writing = 0; writing < 2; writing++) {
        if (on(&slot->notes[writing]) && event->events & wanted[writing]) {
            struct kevent *place = n < room ? &out[n++] : &queue->owed;
            *place = told(slot, fd, writing, event->events);
            if (slot->notes[writing].flags & EV_ONESHOT) {
                slot->notes[writing].there = false;
                spent = true;
            }
        }
    }
    if (spent) {
        watch(queue, fd);
    }
    return n;
}

static int await(int kq, struct epoll_event *events, int max, const struct timespec *timeout) {
    int n = (int) syscall(SYS_epoll_pwait2, kq, events, max, timeout, NULL, 0);
    if (n >= 0 || (errno != ENOSYS && errno != EPERM)) {
        return n;
    }
    int64_t millis = timeout == NULL ? -1 : timeout->tv_sec * (int64_t) 1000 + (timeout->tv_nsec + 999999) / 1000000;
    return epoll_wait(kq, events, max, millis > INT_MAX ? INT_MAX : (int) millis);
}

/* The changes, in order; how many answers they have left in the event list, or -1. */
static int change(struct queue *queue, const struct kevent *changes, int count, struct kevent *out, int room) {
    int answers = 0;
    for (int i = 0; i < count; i++) {
        struct kevent each = changes[i]; /* both lists may be the same memory */
        bool refused = each.flags & EV_ADD && additions_to_fail > 0;
        additions_to_fail -= refused;
        int error = refused ? failure : apply(queue, &each);
        if (error == 0 && !(each.flags & EV_RECEIPT)) {
            continue;
        }
        each.flags = EV_ERROR;
        each.data = error;
        if (answers < room) {
            out[answers++] = each;
        } else if (error != 0) {
            errno = error;
            return -1;
        }
    }
    return answers;
}

int kevent(int kq, const struct kevent *changes, int count, struct kevent *out, int room, const struct timespec *timeout) {
    if (kq < 0 || kq >= QUEUES) {
        errno = EBADF;
        return -1;
    }
    struct queue *queue = &queues[kq];
    bool fails = calls_to_fail > 0;
    calls_to_fail -= fails;
    pthread_mutex_lock(&queue->lock);
    int n = fails && failure != EINTR ? 0 : change(queue, changes, count, out, room);
    if (n == 0 && room > 0 && queue->owed.filter != 0 && !fails) {
        out[n++] = queue->owed;
        queue->owed.filter = 0;
    }
    pthread_mutex_unlock(&queue->lock);
    if (fails) {
        errno = failure;
        return -1;
    }
    if (n != 0 || room <= 0) {
        return n;
    }
    struct epoll_event events[512];
    struct timespec start, now, left = {0};
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (true) {
        if (timeout != NULL) {
            clock_gettime(CLOCK_MONOTONIC, &now);
            int64_t nanos = (timeout->tv_sec - (now.tv_sec - start.tv_sec)) * INT64_C(1000000000)
                    + timeout->tv_nsec - (now.tv_nsec - start.tv_nsec);
            nanos = nanos < 0 ? 0 : nanos;
            left.tv_sec = nanos / 1000000000;
            left.tv_nsec = nanos % 1000000000;
        }
        int max = room < 2 ? 1 : room > 1024 ? 512 : room / 2;
        int got = await(kq, events, max, timeout == NULL ? NULL : &left);
        if (got <= 0) {
            return got;
        }
        bool users = false;
        pthread_mutex_lock(&queue->lock);
        for (int i = 0; i < got; i++) {
            if (events[i].data.u64 == USERS) {
                users = true;
            } else {
                n += collect_descriptor(queue, &events[i], out + n, room - n);
            }
        }
        if (users) {
            n += collect_users(queue, out + n, room - n);
        }
        pthread_mutex_unlock(&queue->lock);
        if (n > 0) {
            return n; /* else it was meant for a filter that is gone */
        }
    }
}
