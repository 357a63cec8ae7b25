package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioStreamSocketTest extends StreamSocketContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }
}
