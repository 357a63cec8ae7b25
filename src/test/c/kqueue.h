/* The types of the emulation: the system's, which its users see, and what a queue knows. */
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kevent {
    uintptr_t ident;
    int16_t filter;
    uint16_t flags;
    uint32_t fflags;
    intptr_t data;
    void *udata;
};

enum {
    EVFILT_READ = -1, EVFILT_WRITE = -2, EVFILT_USER = -11,
    EV_ADD = 1, EV_DELETE = 2, EV_ENABLE = 4, EV_DISABLE = 8, EV_ONESHOT = 0x10, EV_CLEAR = 0x20, EV_RECEIPT = 0x40,
    EV_ERROR = 0x4000, EV_EOF = 0x8000
};

#define NOTE_TRIGGER 0x01000000u
#define QUEUES (1 << 16)
#define USERS UINT64_MAX /* what epoll says of the eventfd */

struct note {
    bool there, off;
    uint16_t flags;
    void *udata;
};

/* A descriptor: its generation tells its events from those of a predecessor whose file lives on elsewhere. */
struct slot {
    uint32_t generation;
    struct note notes[2];
};

struct user {
    struct user *next;
    uintptr_t ident;
    struct note note;
    bool triggered;
};

/* What belongs to a number that kqueue has answered; emptied when the number comes again. A mutex of zeros is unlocked. */
struct queue {
    pthread_mutex_t lock;
    int epoll;
    struct slot *slots;
    size_t count;
    struct user *users;
    struct kevent owed; /* the second event of a descriptor, for which there was no room */
};
