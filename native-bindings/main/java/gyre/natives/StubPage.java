package gyre.natives;

import static gyre.natives.Layout.MAP_ANONYMOUS;
import static gyre.natives.Layout.MAP_PRIVATE;
import static gyre.natives.Layout.MFD_CLOEXEC;
import static gyre.natives.Layout.MFD_EXEC;
import static gyre.natives.Layout.PROT_EXEC;
import static gyre.natives.Layout.PROT_READ;
import static gyre.natives.Layout.PROT_WRITE;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Makes code executable. The page is never writable and executable at once, and is never patched, reused or unmapped
 * after it has run: nothing stale can be in any core's instruction cache, and no thread can be inside what went away.
 *
 * <p>Each way answers the address, or −errno.
 */
final class StubPage {
    private StubPage() {}

    /** The first way that the system allows. */
    static long map(ByteBuffer code) {
        long address = mapFile(code);
        return address > 0 ? address : mapAnonymous(code);
    }

    /** In a file in memory, which is mapped readable and executable from the first: no page ever changes its rights. */
    static long mapFile(ByteBuffer code) {
        int fd = file(MFD_CLOEXEC | MFD_EXEC);
        if (fd == -Errno.EINVAL) {
            fd = file(MFD_CLOEXEC); // Linux before 6.3 does not know the other flag
        }
        if (fd < 0) {
            return fd;
        }
        try {
            int written = JnaCalls.write(fd, Memory.address(code), code.limit());
            Reference.reachabilityFence(code);
            if (written != code.limit()) {
                return written < 0 ? written : -Errno.ENOSPC;
            }
            return Libc.mmap(0, Libc.pageSize(), PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
        } finally {
            Libc.close(fd);
        }
    }

    /** In memory without a file: written, then made executable. */
    static long mapAnonymous(ByteBuffer code) {
        int size = Libc.pageSize();
        long page = Libc.mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (page < 0) {
            return page;
        }
        Memory.copy(Memory.address(code), page, code.limit());
        Reference.reachabilityFence(code);
        int result = Libc.mprotect(page, size, PROT_READ | PROT_EXEC);
        if (result < 0) {
            Libc.munmap(page, size); // it never ran
            return result;
        }
        return page;
    }

    private static int file(int flags) {
        byte[] text = "gyre-stubs\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer name = Memory.buffer(text.length).put(text);
        int fd = JnaCalls.memfdCreate(Memory.address(name), flags);
        Reference.reachabilityFence(name);
        return fd;
    }
}
