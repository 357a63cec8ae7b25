package gyre.testing;

import gyre.sys.Backend;
import gyre.sys.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The backends that tests run on. One that can't be used is named with its reason; where CI is set, that is a failure. */
public final class UsableBackends {
    private static final List<String> NAMES =
            known().stream().map(Backend::name).toList();

    private UsableBackends() {}

    public static List<Named<Backend>> all() {
        String only = System.getProperty("gyre.backend", "auto");
        List<Named<Backend>> usable = new ArrayList<>();
        for (Backend backend : known()) {
            if (!only.equals("auto") && !only.equals(backend.name())) {
                continue;
            }
            if (works(backend)) {
                String seed = backend instanceof ErraticBackend erratic ? erratic.seed() : "";
                usable.add(Named.of(backend.name() + seed, backend));
            }
        }
        if (usable.isEmpty()) {
            throw new IllegalStateException("no backend is usable, or -Dgyre.backend names none: \"" + only + "\"");
        }
        return usable;
    }

    /** Whether this backend can be used; where CI is set it has to be. */
    public static boolean works(Backend backend) {
        String reason = backend.unavailable();
        if (reason != null && System.getenv("CI") != null) {
            throw new IllegalStateException(backend.name() + " must work in CI: " + reason);
        }
        if (reason != null) {
            System.err.println("SKIPPED on " + backend.name() + ": " + reason);
        }
        return reason == null;
    }

    /** On the module path no {@code ServiceLoader} finds the erratic one, since there the tests are in the engine's module. */
    private static List<Backend> known() {
        KqueueLibrary.provide();
        List<Backend> known = new ArrayList<>(Backends.all());
        if (known.stream().noneMatch(ErraticBackend.class::isInstance)) {
            known.add(new ErraticBackend());
        }
        return known;
    }

    /** The one that a test runs on: its name is that of the container that {@link EveryBackend} makes, without the seed. */
    static String name(ExtensionContext test) {
        for (Optional<ExtensionContext> at = Optional.of(test);
                at.isPresent();
                at = at.get().getParent()) {
            String name = at.get().getDisplayName().replaceFirst(",.*", "");
            if (NAMES.contains(name)) {
                return name;
            }
        }
        return "";
    }
}
