package gyre.sys;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;

/** Chooses among the backends on the class path or module path. From any thread. */
public final class Backends {
    private static final Logger LOG = System.getLogger(Backends.class.getName());

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Backends() {}

    /** All of them, the preferred ones first, whether they can be used here or not. */
    public static List<Backend> all() {
        List<Backend> found = new ArrayList<>();
        ServiceLoader.load(Backend.class, Backend.class.getClassLoader()).forEach(found::add);
        found.sort(Comparator.comparingInt(Backend::rank).reversed());
        return found;
    }

    /**
     * The one of this name, or for {@code auto} the best that works. Why better ones don't is said once at {@code INFO}, since
     * their users lose speed by it, and at {@code DEBUG} after that.
     *
     * @throws IllegalArgumentException if there is none of this name; the message lists those that there are
     * @throws UnsupportedOperationException if it can't be used here, or none of all; the message says why
     */
    public static Backend choose(String name) {
        StringJoiner names = new StringJoiner(", ");
        StringJoiner reasons = new StringJoiner("; ");
        for (Backend backend : all()) {
            names.add(backend.name());
            if (!name.equals("auto") && !name.equals(backend.name())) {
                continue;
            }
            String reason = backend.unavailable();
            if (reason == null) {
                return backend;
            }
            if (!name.equals("auto")) {
                throw new UnsupportedOperationException("the " + name + " backend can't be used: " + reason);
            }
            reasons.add(backend.name() + ": " + reason);
            LOG.log(
                    SAID.add(backend.name()) ? Logger.Level.INFO : Logger.Level.DEBUG,
                    "the {0} backend can''t be used: {1}",
                    backend.name(),
                    reason);
        }
        if (reasons.length() > 0) {
            throw new UnsupportedOperationException("no backend can be used here: " + reasons);
        }
        throw new IllegalArgumentException("there is no backend \"" + name + "\": auto, " + names + " can be named");
    }

    /**
     * Keeps threads on one CPU, by the first backend that can.
     *
     * @throws IllegalArgumentException if this process may not use that CPU; the message names those that it may
     * @throws UnsupportedOperationException if none can
     * @throws IOException if the system refuses it for another reason
     */
    public static CpuBinding cpuBinding(int cpu) throws IOException {
        for (Backend backend : all()) {
            CpuBinding binding = backend.cpuBinding(cpu);
            if (binding != null) {
                return binding;
            }
        }
        throw new UnsupportedOperationException(
                "a thread can be bound to CPU " + cpu + " only on Linux, and with native access");
    }
}
