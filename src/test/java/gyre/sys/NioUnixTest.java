package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioUnixTest extends UnixContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }

    @Override
    boolean goesFurther() {
        return false;
    }
}
