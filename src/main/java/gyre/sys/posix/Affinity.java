package gyre.sys.posix;

import gyre.natives.Errno;
import gyre.natives.Libc;
import gyre.natives.Memory;
import gyre.sys.CpuBinding;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.StringJoiner;

/** Linux's {@code sched_setaffinity}, which needs no privilege for a thread of one's own. */
final class Affinity implements CpuBinding {
    /** Bytes of a mask: as many CPUs as Linux can be built for. The call refuses masks that are too short for the machine. */
    private static final int SIZE = 1024;

    private final int cpu;
    private final ByteBuffer wanted = Memory.buffer(SIZE);
    private final ByteBuffer before = Memory.buffer(SIZE);
    private boolean bound;

    /** Tries it on the calling thread, which is as it was when this returns. */
    Affinity(int cpu) throws IOException {
        this.cpu = cpu;
        if (cpu < SIZE * Byte.SIZE) {
            int word = cpu / Long.SIZE * Long.BYTES;
            wanted.putLong(word, 1L << cpu);
        }
        get(before);
        int result = set(wanted);
        if (result == -Errno.EINVAL) {
            throw new IllegalArgumentException("this process may not use CPU " + cpu + ", but " + allowed());
        }
        check(result);
        check(set(before));
    }

    @Override
    public void bind() throws IOException {
        get(before);
        check(set(wanted));
        bound = true;
    }

    @Override
    public void restore() throws IOException {
        if (bound) {
            bound = false;
            check(set(before));
        }
    }

    /** All that exist and that the process's cpuset has: the thread itself may have been bound to fewer. */
    private String allowed() throws IOException {
        ByteBuffer all = Memory.buffer(SIZE);
        for (int i = 0; i < SIZE; i++) {
            all.put(i, (byte) -1);
        }
        check(set(all));
        get(all);
        check(set(before));
        return ranges(BitSet.valueOf(all));
    }

    private static String ranges(BitSet cpus) {
        StringJoiner ranges = new StringJoiner(", ");
        for (int from = cpus.nextSetBit(0); from >= 0; ) {
            int end = cpus.nextClearBit(from);
            ranges.add(end == from + 1 ? "" + from : from + "-" + (end - 1));
            from = cpus.nextSetBit(end);
        }
        return ranges.toString();
    }

    private void check(int result) throws IOException {
        if (result < 0) {
            throw Failure.of(result, "sched_setaffinity to CPU " + cpu);
        }
    }

    private static int set(ByteBuffer mask) {
        int result = Libc.schedSetaffinity(0, SIZE, Memory.address(mask));
        Reference.reachabilityFence(mask);
        return result;
    }

    private static void get(ByteBuffer mask) throws IOException {
        int result = Libc.schedGetaffinity(0, SIZE, Memory.address(mask));
        Reference.reachabilityFence(mask);
        if (result < 0) {
            throw Failure.of(result, "sched_getaffinity");
        }
    }
}
