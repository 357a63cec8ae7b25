package gyre.reactor;

import gyre.sys.Ready;
import org.jspecify.annotations.Nullable;

/**
 * For a loop that always spins: the one source that all bytes came from of late. To try it costs one call to the system where
 * asking the selector first costs two. So whoever waits to read it is told to try, and the selector is asked now and then:
 * for other sources, and for what a read doesn't tell.
 *
 * <p>That loses nothing: readiness is a hint, and what comes meanwhile is an edge that the next select tells. With two
 * sources in turn there is none: the selector looks at both by one call.
 */
final class HotSource {
    /** So many reads in a row are no accident. */
    private static final int STREAK = 16;

    /** The selector is asked each so many looks; other sources wait for that long. */
    private static final int LOOKS = 8;

    private @Nullable PollEvented<?> last;
    private int streak;
    private int looks;

    /** Bytes were read from it. */
    void read(PollEvented<?> source) {
        if (source != last) {
            last = source;
            streak = 0;
        } else if (streak < STREAK) {
            streak++;
        }
    }

    /** It was closed. */
    void forget(PollEvented<?> source) {
        if (source == last) {
            last = null;
            streak = 0;
        }
    }

    /** Tells who waits to read from it to try; false if there is none, or it is the selector's turn. */
    boolean look() {
        PollEvented<?> source = last;
        if (source == null || streak < STREAK || ++looks % LOOKS == 0) {
            return false;
        }
        source.ready(Ready.READ);
        return true;
    }
}
