/*
 * What a sandbox or an older C library denies: for tests that load this before the C library (LD_PRELOAD). The system call
 * that DENIED_CALL names answers DENIED_ERRNO, by a filter of the kernel's, as containers install one; the function that
 * DENIED_FUNCTION names is not found by dlsym.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define DLSYM "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define DLSYM "GLIBC_2.17"
#endif
#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

static const struct {
    const char *name;
    unsigned int number;
} calls[] = {
    { "accept4", SYS_accept4 },           { "epoll_create1", SYS_epoll_create1 }, { "epoll_ctl", SYS_epoll_ctl },
    { "epoll_pwait", SYS_epoll_pwait },   { "epoll_pwait2", SYS_epoll_pwait2 },   { "eventfd2", SYS_eventfd2 },
    { "memfd_create", SYS_memfd_create },
};

static const char *absent;

static void die(const char *what) {
    perror(what);
    exit(99);
}

static unsigned int number(const char *name) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(calls[i].name, name) == 0) {
            return calls[i].number;
        }
    }
    die(name);
    return 0;
}

static void deny(unsigned int call, unsigned int error) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error & SECCOMP_RET_DATA)),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { sizeof filter / sizeof *filter, filter };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        die("seccomp");
    }
}

/* Before main: every thread inherits it. */
__attribute__((constructor)) static void begin(void) {
    const char *call = getenv("DENIED_CALL"), *error = getenv("DENIED_ERRNO");
    absent = getenv("DENIED_FUNCTION");
    if (call != NULL && error != NULL) {
        deny(number(call), (unsigned int) atoi(error));
    }
}

void *dlsym(void *library, const char *name) {
    static void *(*real)(void *, const char *);
    if (real == NULL) {
        *(void **) &real = dlvsym(RTLD_NEXT, "dlsym", DLSYM);
    }
    /* So that dlerror says it, too. */
    return real(library, absent != NULL && strcmp(name, absent) == 0 ? "a function that was denied" : name);
}
