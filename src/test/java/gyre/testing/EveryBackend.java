package gyre.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a test class, whose constructor takes a {@code Backend}, on each backend that works here; {@code -Dgyre.backend} picks one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({BackendCount.class, UnfitTests.class})
@ParameterizedClass(name = "{0}")
@MethodSource("gyre.testing.UsableBackends#all")
public @interface EveryBackend {}
