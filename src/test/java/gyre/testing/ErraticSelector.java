package gyre.testing;

import gyre.sys.Ready;
import gyre.sys.Selector;
import gyre.sys.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Tells a part of the events one to three waits later, some twice, and now and then one that did not happen. What it owes
 * keeps it from waiting, so nothing is ever lost. Loop thread, but for {@link #wakeup}.
 */
final class ErraticSelector extends ForwardingSelector {
    final Random random;
    private final Map<Source, Watched> watched = new LinkedHashMap<>();

    ErraticSelector(Selector selector, long seed) {
        super(selector);
        this.random = new Random(seed);
    }

    /** One time in so many. */
    boolean happens(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @Override
    protected Source unwrap(Source source) {
        return ErraticSource.unwrap(source);
    }

    @Override
    public void register(Source source, Watcher watcher) throws IOException {
        Watched each = new Watched(watcher);
        super.register(source, each);
        watched.put(unwrap(source), each);
        ErraticSource.attach(source, this);
    }

    @Override
    public void deregister(Source source) throws IOException {
        watched.remove(unwrap(source));
        ErraticSource.attach(source, null);
        super.deregister(source);
    }

    /** A source has said that it is not ready although it may be: it owes these bits. */
    void owe(Source real, int bits) {
        Watched each = watched.get(real);
        if (each != null) {
            each.owe(bits);
        }
    }

    @Override
    public void select(long nanos) throws IOException {
        boolean restless = !watched.isEmpty() && happens(8);
        for (Watched each : watched.values()) {
            restless |= each.owed != 0;
        }
        super.select(restless ? 0 : nanos);
        List<Watched> all = new ArrayList<>(watched.values());
        for (Watched each : all) {
            each.pay();
        }
        if (!all.isEmpty() && happens(8)) {
            all.get(random.nextInt(all.size())).watcher.ready(happens(2) ? Ready.READ : Ready.READ | Ready.WRITE);
        }
    }

    /** Between the real selector and a watcher. */
    private final class Watched implements Watcher {
        private final Watcher watcher;
        private int owed;
        private int waits;

        Watched(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public int ready(int bits) {
            if (happens(4)) {
                owe(bits);
                return 0;
            }
            int idle = watcher.ready(bits);
            return happens(4) ? watcher.ready(bits) : idle;
        }

        void owe(int bits) {
            waits = owed == 0 ? 1 + random.nextInt(3) : waits;
            owed |= bits;
        }

        void pay() {
            if (owed != 0 && --waits <= 0) {
                int bits = owed;
                owed = 0;
                watcher.ready(bits);
            }
        }
    }
}
