package io.vedette.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and {@code kill}. A shutdown hook would not do: while hooks run, a second Ctrl-C is not heard. The JDK's only way is {@code sun.misc.Signal},
 * used by reflection since the compiler warns of it and cannot be told not to.
 */
public final class Interrupts {
    private static final Logger logger = LoggerFactory.getLogger(Interrupts.class);

    private Interrupts() {}

    /** Has each SIGINT and SIGTERM told, with how many there were, the first being 1. Where that fails, the JVM ends at the first as it always does. */
    public static void tell(IntConsumer listener) {
        AtomicInteger count = new AtomicInteger();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            listener.accept(count.incrementAndGet());
                        }
                        return null;
                    });
            for (String name : new String[] {"INT", "TERM"}) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            logger.info("Signals cannot be handled; Ctrl-C ends at once", e);
        }
    }
}
