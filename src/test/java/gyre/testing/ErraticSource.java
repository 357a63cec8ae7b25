package gyre.testing;

import gyre.buffer.Buf;
import gyre.buffer.Transfer;
import gyre.sys.ByteStream;
import gyre.sys.ListenSocket;
import gyre.sys.PacketSocket;
import gyre.sys.Ready;
import gyre.sys.Source;
import gyre.sys.StreamSocket;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A source whose operations, while it is registered, do less than they could, or nothing yet. */
final class ErraticSource implements InvocationHandler {
    private final Source real;
    private ErraticSelector selector; // while it is registered

    private ErraticSource(Source real) {
        this.real = real;
    }

    @SuppressWarnings("unchecked") // the proxy is of the type that was given
    static <S extends Source> S around(S real) {
        Class<?> type = real instanceof StreamSocket
                ? StreamSocket.class
                : real instanceof ListenSocket
                        ? ListenSocket.class
                        : real instanceof PacketSocket ? PacketSocket.class : ByteStream.class;
        return (S) Proxy.newProxyInstance(
                ErraticSource.class.getClassLoader(), new Class<?>[] {type}, new ErraticSource(real));
    }

    private static ErraticSource of(Source source) {
        return Proxy.isProxyClass(source.getClass())
                        && Proxy.getInvocationHandler(source) instanceof ErraticSource erratic
                ? erratic
                : null;
    }

    static Source unwrap(Source source) {
        ErraticSource erratic = of(source);
        return erratic == null ? source : erratic.real;
    }

    static void attach(Source source, ErraticSelector selector) {
        ErraticSource erratic = of(source);
        if (erratic != null) {
            erratic.selector = selector;
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals":
                return proxy == arguments[0];
            case "shortReadDrains":
                return false;
            case "accept":
                StreamSocket accepted = refuses(Ready.READ) ? null : ((ListenSocket) real).accept();
                return accepted == null ? null : around(accepted);
            case "finishConnect":
                return !refuses(Ready.WRITE) && ((StreamSocket) real).finishConnect();
            case "read":
                return refuses(Ready.READ) ? Transfer.NOT_READY : read((Buf) arguments[0]);
            case "peek":
            case "receive":
                return refuses(Ready.READ) ? Transfer.NOT_READY : call(method, arguments);
            case "send":
            case "sendSegments":
                return refuses(Ready.WRITE) ? Transfer.NOT_READY : call(method, arguments);
            case "write":
                if (refuses(Ready.WRITE)) {
                    return Transfer.NOT_READY;
                }
                return arguments.length == 1 ? write((Buf) arguments[0]) : write(method, arguments);
            default:
                return call(method, arguments);
        }
    }

    private boolean refuses(int bits) {
        if (selector == null || !selector.happens(6)) {
            return false;
        }
        selector.owe(real, bits);
        return true;
    }

    /** Of what is no socket, some take and give whole numbers only: an eventfd, a timerfd. */
    private boolean cutsShort() {
        return real instanceof StreamSocket && selector != null && selector.happens(2);
    }

    private int read(Buf into) throws IOException {
        ByteStream stream = (ByteStream) real;
        if (into.writable() < 2 || !cutsShort()) {
            return stream.read(into);
        }
        int limit = into.limit();
        into.limit(into.writeIndex() + 1 + selector.random.nextInt(into.writable() - 1));
        try {
            return stream.read(into);
        } finally {
            into.limit(limit);
        }
    }

    private int write(Buf from) throws IOException {
        ByteStream stream = (ByteStream) real;
        if (from.readable() < 2 || !cutsShort()) {
            return stream.write(from);
        }
        byte[] bytes = new byte[1 + selector.random.nextInt(from.readable() - 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = from.at(i);
        }
        int count = stream.write(Buf.copyOf(bytes));
        from.skip(Math.max(count, 0));
        return count;
    }

    /** Of several, only the first that has bytes. */
    private Object write(Method method, Object[] arguments) throws Throwable {
        Buf[] from = (Buf[]) arguments[0];
        int offset = (int) arguments[1];
        for (int i = offset; cutsShort() && i < offset + (int) arguments[2]; i++) {
            if (from[i].readable() > 0) {
                return write(from[i]);
            }
        }
        return call(method, arguments);
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
