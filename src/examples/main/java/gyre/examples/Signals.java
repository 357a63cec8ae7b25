package gyre.examples;

import gyre.future.Future;
import gyre.future.Poll;
import gyre.future.Task;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM and SIGINT as a future, so that a program can close what it has open and exit with status 0; with a shutdown
 * hook it would be 143. The JDK has signals only in {@code sun.misc}, which may be missing: hence the reflection.
 */
final class Signals {
    private Signals() {}

    /** Done when the first of the two arrives. The same one again ends the program at once, should closing take too long. */
    static Future<Void> stop() {
        Arrival arrival = new Arrival();
        try {
            onFirst("TERM", arrival);
            onFirst("INT", arrival);
        } catch (ReflectiveOperationException e) { // no such class, or -Xrs keeps signals from the JVM
            Throwable reason = e.getCause() == null ? e : e.getCause();
            System.err.println("Signals will end this program at once, without closing: " + reason);
        }
        return arrival;
    }

    private static void onFirst(String name, Arrival arrival) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Method install = signalType.getMethod("handle", signalType, handlerType);
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        AtomicReference<@Nullable Object> before = new AtomicReference<>();
        InvocationHandler once = (proxy, method, args) -> {
            arrival.come();
            return install.invoke(null, signal, before.get());
        };
        Object handler = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, once);
        before.set(install.invoke(null, signal, handler));
    }

    /** The signal's thread sets the flag, then looks for the task; the loop leaves the task, then looks at the flag. */
    private static final class Arrival implements Future<Void> {
        private volatile boolean come;
        private volatile @Nullable Task waiting;

        @Override
        public Poll<Void> poll(Task task) {
            waiting = task;
            return come ? Poll.done() : Poll.pending();
        }

        void come() {
            come = true;
            Task task = waiting;
            if (task != null) {
                task.wake();
            }
        }
    }
}
