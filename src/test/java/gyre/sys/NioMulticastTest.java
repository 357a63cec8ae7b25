package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioMulticastTest extends MulticastContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }
}
