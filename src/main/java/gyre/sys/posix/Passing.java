package gyre.sys.posix;

import static gyre.natives.Layout.CMSGHDR_DATA;
import static gyre.natives.Layout.CMSGHDR_LEN;
import static gyre.natives.Layout.CMSGHDR_LEVEL;
import static gyre.natives.Layout.CMSGHDR_TYPE;
import static gyre.natives.Layout.CMSG_ALIGN;
import static gyre.natives.Layout.FD_CLOEXEC;
import static gyre.natives.Layout.F_SETFD;
import static gyre.natives.Layout.MSGHDR_CONTROL;
import static gyre.natives.Layout.MSGHDR_CONTROLLEN;
import static gyre.natives.Layout.MSGHDR_FLAGS;
import static gyre.natives.Layout.MSG_CMSG_CLOEXEC;
import static gyre.natives.Layout.MSG_CTRUNC;
import static gyre.natives.Layout.SCM_RIGHTS;
import static gyre.natives.Layout.SOL_SOCKET;

import gyre.natives.Libc;
import gyre.sys.Descriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The control part of a {@code msghdr}: descriptors that travel with bytes. It lies in the thread's {@link Scratch}. */
final class Passing {
    private Passing() {}

    static void check(int[] descriptors) {
        if (descriptors.length > Descriptor.MAX_PER_MESSAGE) {
            throw new IllegalArgumentException(
                    "a message carries at most " + Descriptor.MAX_PER_MESSAGE + " descriptors: " + descriptors.length);
        }
    }

    /** Lists them for the kernel, in the header at this place of this memory. */
    static void attach(ByteBuffer header, int at, int[] descriptors) {
        ByteBuffer scratch = Scratch.get();
        int length = CMSGHDR_DATA + descriptors.length * Integer.BYTES;
        Size.put(scratch, Scratch.CONTROL + CMSGHDR_LEN, length);
        scratch.putInt(Scratch.CONTROL + CMSGHDR_LEVEL, SOL_SOCKET);
        scratch.putInt(Scratch.CONTROL + CMSGHDR_TYPE, SCM_RIGHTS);
        for (int i = 0; i < descriptors.length; i++) {
            scratch.putInt(Scratch.CONTROL + CMSGHDR_DATA + i * Integer.BYTES, descriptors[i]);
        }
        header.putLong(at + MSGHDR_CONTROL, Scratch.address(scratch, Scratch.CONTROL));
        Size.put(header, at + MSGHDR_CONTROLLEN, descriptors.length == 0 ? 0 : aligned(length));
    }

    /** Makes room for what may come. */
    static void expect(ByteBuffer header, int at) {
        header.putLong(at + MSGHDR_CONTROL, Scratch.address(Scratch.get(), Scratch.CONTROL));
        Size.put(header, at + MSGHDR_CONTROLLEN, Scratch.CONTROL_SIZE);
    }

    /** Makes the header one without a control part again. */
    static void clear(ByteBuffer header, int at) {
        header.putLong(at + MSGHDR_CONTROL, 0);
        Size.put(header, at + MSGHDR_CONTROLLEN, 0);
    }

    /**
     * Takes what has come. The kernel has opened it: whatever fails here, nothing of it stays open.
     *
     * @throws IOException if some could not be opened
     */
    static void take(ByteBuffer header, int at, List<Descriptor> received) throws IOException {
        boolean lost = (header.getInt(at + MSGHDR_FLAGS) & MSG_CTRUNC) != 0;
        List<Descriptor> came = new ArrayList<>();
        list(Scratch.get(), Scratch.CONTROL + Size.get(header, at + MSGHDR_CONTROLLEN), came);
        boolean taken = false;
        try {
            taken = !lost && received.addAll(came);
        } finally {
            if (!taken) {
                for (Descriptor each : came) {
                    each.close();
                }
            }
        }
        if (lost) {
            throw new IOException(
                    "descriptors came and were lost, " + came.size()
                            + " were opened and are closed again: most likely the process has as many open as it may, see ulimit -n");
        }
    }

    /** Adds those that the control messages up to this place tell of; what is cut short there has no more than it shows. */
    static void list(ByteBuffer control, int end, List<Descriptor> came) {
        int at = Scratch.CONTROL;
        while (at + CMSGHDR_DATA <= end) {
            int length = length(control, at, end);
            if (control.getInt(at + CMSGHDR_LEVEL) == SOL_SOCKET && control.getInt(at + CMSGHDR_TYPE) == SCM_RIGHTS) {
                for (int i = CMSGHDR_DATA; i + Integer.BYTES <= length; i += Integer.BYTES) {
                    came.add(notInherited(control.getInt(at + i)));
                }
            }
            at += aligned(length);
        }
    }

    /** Where no flag of the call sees to it. */
    private static PassedDescriptor notInherited(int descriptor) {
        if (MSG_CMSG_CLOEXEC == 0) {
            Libc.fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        }
        return new PassedDescriptor(descriptor);
    }

    /** Of the control message there, with its header; whatever that says, no less than the header and nothing behind the end. */
    static int length(ByteBuffer control, int at, int end) {
        return Math.max(CMSGHDR_DATA, Math.min(Size.get(control, at + CMSGHDR_LEN), end - at));
    }

    static int aligned(int length) {
        return length + CMSG_ALIGN - 1 & -CMSG_ALIGN;
    }
}
