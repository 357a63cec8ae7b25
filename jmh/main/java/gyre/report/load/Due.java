package gyre.report.load;

import java.util.Arrays;

/** When the requests under way were due, in ns and in order: a ring that grows. */
final class Due {
    private long[] times = new long[16];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(long time) {
        if (size == times.length) {
            long[] larger = Arrays.copyOfRange(times, first, first + 2 * size);
            System.arraycopy(times, 0, larger, times.length - first, first);
            times = larger;
            first = 0;
        }
        times[first + size++ & times.length - 1] = time;
    }

    /** The oldest, which stays. */
    long peek() {
        return times[first];
    }

    long take() {
        long time = times[first];
        first = first + 1 & times.length - 1;
        size--;
        return time;
    }

    void clear() {
        size = 0;
    }
}
