package gyre.sys;

import gyre.sys.nio.NioBackend;

class NioOptionTest extends OptionContract {
    @Override
    Backend backend() {
        return new NioBackend();
    }
}
