package gyre.testing;

import gyre.sys.Backend;
import gyre.sys.Backends;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Named;

/** The backends that tests run on. One that can't be used is named with its reason; where CI is set, that is a failure. */
public final class UsableBackends {
    private UsableBackends() {}

    public static List<Named<Backend>> all() {
        String only = System.getProperty("gyre.test.backend", "");
        KqueueLibrary.provide();
        List<Named<Backend>> usable = new ArrayList<>();
        List<Backend> all = new ArrayList<>(Backends.all());
        all.add(new ErraticBackend());
        for (Backend backend : all) {
            if (!only.isEmpty() && !only.equals(backend.name())) {
                continue;
            }
            String reason = backend.unavailable();
            if (reason == null) {
                usable.add(Named.of(backend.toString(), backend));
            } else if (System.getenv("CI") != null) {
                throw new IllegalStateException(backend.name() + " must work in CI: " + reason);
            } else {
                System.err.println("SKIPPED on " + backend.name() + ": " + reason);
            }
        }
        if (usable.isEmpty()) {
            throw new IllegalStateException(
                    "no backend is usable, or -Dgyre.test.backend names none: \"" + only + "\"");
        }
        return usable;
    }
}
