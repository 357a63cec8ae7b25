package gyre.reactor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The process's handler of one signal, there for as long as somebody listens. The JDK has signals only in {@code sun.misc},
 * which may be missing: hence the reflection.
 *
 * <p><b>Threads.</b> Installing and removing hold the class's monitor. The JVM calls the handler on a thread of its own, which
 * goes through a snapshot of the listeners.
 */
final class SignalHook implements InvocationHandler {
    private static final Map<String, SignalHook> INSTALLED = new HashMap<>();

    private final String name;
    private final List<Signals> listeners = new CopyOnWriteArrayList<>();
    private final Method install;
    private final Object signal;
    private final Object handler;
    private final @Nullable Object previous;

    private SignalHook(String name) throws ReflectiveOperationException {
        this.name = name;
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        install = signalType.getMethod("handle", signalType, handlerType);
        signal = signalType.getConstructor(String.class).newInstance(name);
        handler = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, this);
        previous = install.invoke(null, signal, handler);
    }

    static synchronized void add(String name, Signals listener) {
        SignalHook hook = INSTALLED.get(name);
        if (hook == null) {
            hook = open(name);
            INSTALLED.put(name, hook);
        }
        hook.listeners.add(listener);
    }

    private static SignalHook open(String name) {
        try {
            return new SignalHook(name);
        } catch (InvocationTargetException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "can't listen to signal \"" + name + "\" (names are INT, TERM, HUP, ...): " + reason.getMessage(),
                    reason);
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException(
                    "signals need the module jdk.unsupported, which this JVM runs without: " + e, e);
        }
    }

    static synchronized void remove(String name, Signals listener) {
        SignalHook hook = INSTALLED.get(name);
        if (hook != null && hook.listeners.remove(listener) && hook.listeners.isEmpty()) {
            INSTALLED.remove(name);
            hook.uninstall();
        }
    }

    private void uninstall() {
        try {
            Object current = install.invoke(null, signal, previous);
            if (current != handler) { // someone else's, who came later: it stays
                install.invoke(null, signal, current);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("signal " + name + ": its former handler can't be put back", e);
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
            throws ReflectiveOperationException {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(this, args);
        }
        for (Signals listener : listeners) {
            listener.arrived(name);
        }
        return null;
    }
}
