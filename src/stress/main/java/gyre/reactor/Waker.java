package gyre.reactor;

import gyre.future.Future;
import gyre.future.Poll;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One that wakes the loop, over and over. It wakes its own task there, or spawns another one.
 *
 * <p><b>Ordering.</b> {@code asked} is plain: the wake has to publish it. {@code answered} is volatile, the loop's answer.
 */
final class Waker extends Thread {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);
    private static final int SPINS = 1 << 8;
    private static final int MOST_DAWDLING = 1 << 7;

    private final Handle handle;
    private final SplittableRandom random;
    private final SplittableRandom loopsRandom;
    private final long most;
    private final long end;

    private long asked;
    private volatile long answered;
    private final Future<Void> answer = task -> {
        answer();
        return Poll.pending();
    };
    private final Future<Void> answerOnce = task -> {
        answer();
        return Poll.done();
    };

    /** How many have been answered, and how many have not; after its end. */
    long rounds;

    int lost;

    Waker(Handle handle, long seed, long most, long end) {
        super("waker");
        this.handle = handle;
        this.random = new SplittableRandom(seed);
        this.loopsRandom = random.split();
        this.most = most;
        this.end = end;
    }

    @Override
    public void run() {
        SpawnedTask<Void> own = (SpawnedTask<Void>) handle.spawn(answer);
        while (rounds < most && System.nanoTime() < end) {
            int dice = random.nextInt();
            dawdle(dice);
            asked = rounds + 1;
            if (dice < 0 && dice > Integer.MIN_VALUE >> 2) {
                handle.spawn(answerOnce);
            } else {
                own.wake();
            }
            if (!answered()) {
                lost++;
                return;
            }
            rounds++;
        }
    }

    /** The loop dawdles too, lest it be asleep each time before the waker knows the answer. */
    private void answer() {
        answered = asked;
        dawdle(loopsRandom.nextInt());
    }

    private static void dawdle(int dice) {
        for (int i = dice & dice >>> 8 & MOST_DAWDLING - 1; i > 0; i--) { // mostly little
            Thread.onSpinWait();
        }
    }

    private boolean answered() {
        long since = 0;
        for (int spins = 1; answered != asked; spins++) {
            if (spins % SPINS != 0) {
                Thread.onSpinWait();
                continue;
            }
            Thread.yield(); // the loop may need this processor
            long now = System.nanoTime();
            if (since == 0) {
                since = now;
            } else if (now - since > PATIENCE) {
                return false;
            }
        }
        return true;
    }
}
