package gyre.natives;

/**
 * The system calls that have a stub: the method of {@link Stubs}, its JNI signature, and the kernel's numbers. Where a
 * call takes more than the method gives, the rest is 0: {@code recvfrom} and {@code sendto} without an address are
 * {@code recv} and {@code send}, {@code epoll_pwait} without a mask is {@code epoll_wait} (which aarch64 does not have).
 */
enum SystemCall {
    /** recvfrom. */
    RECV("recv", "(IJII)I", 45, 207),
    /** sendto. */
    SEND("send", "(IJII)I", 44, 206),
    /** recvfrom. */
    RECVFROM("recvfrom", "(IJIIJJ)I", 45, 207),
    /** sendto. */
    SENDTO("sendto", "(IJIIJI)I", 44, 206),
    /** epoll_pwait. */
    EPOLL_WAIT("epollWait", "(IJII)I", 281, 22),
    /** epoll_pwait2. */
    EPOLL_PWAIT2("epollPwait2", "(IJIJ)I", 441, 441),
    /** accept4. */
    ACCEPT4("accept4", "(IJJI)I", 288, 242),
    /** read. */
    READ("read", "(IJI)I", 0, 63),
    /** write. */
    WRITE("write", "(IJI)I", 1, 64),
    /** sendmsg. */
    SENDMSG("sendmsg", "(IJI)I", 46, 211),
    /** recvmsg. */
    RECVMSG("recvmsg", "(IJI)I", 47, 212),
    /** writev. */
    WRITEV("writev", "(IJI)I", 20, 66);

    private final String method;
    private final String signature;
    private final int x86;
    private final int arm;

    SystemCall(String method, String signature, int x86, int arm) {
        this.method = method;
        this.signature = signature;
        this.x86 = x86;
        this.arm = arm;
    }

    /** Its method in {@link Stubs}. */
    String method() {
        return method;
    }

    /** The method's JNI signature. */
    String signature() {
        return signature;
    }

    /** The letters of the method's parameters: I or J. */
    String parameters() {
        return signature.substring(1, signature.indexOf(')'));
    }

    /** Its number on x86-64. */
    int x86() {
        return x86;
    }

    /** Its number on aarch64. */
    int arm() {
        return arm;
    }
}
