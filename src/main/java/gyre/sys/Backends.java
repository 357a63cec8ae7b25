package gyre.sys;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.StringJoiner;

/** Chooses among the backends on the class path or module path. From any thread. */
public final class Backends {
    private static final Logger LOG = System.getLogger(Backends.class.getName());

    private Backends() {}

    /** All of them, the preferred ones first, whether they can be used here or not. */
    public static List<Backend> all() {
        List<Backend> found = new ArrayList<>();
        ServiceLoader.load(Backend.class, Backend.class.getClassLoader()).forEach(found::add);
        found.sort(Comparator.comparingInt(Backend::rank).reversed());
        return found;
    }

    /**
     * The one of this name, or for {@code auto} the best that works; says at {@code DEBUG} why better ones don't.
     *
     * @throws IllegalArgumentException if there is none of this name; the message lists those that there are
     * @throws UnsupportedOperationException if it can't be used here; the message says why
     */
    public static Backend choose(String name) {
        StringJoiner names = new StringJoiner(", ");
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
            LOG.log(Logger.Level.DEBUG, "the {0} backend can''t be used: {1}", backend.name(), reason);
        }
        throw new IllegalArgumentException("there is no backend \"" + name + "\": auto, " + names + " can be named");
    }
}
