package io.vedette.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * What is logged where. The terminal shows Vedette's own errors and warnings, in a line each; more with {@code --verbose} or {@code VEDETTE_LOG=debug|info|warn}. A
 * file gets warnings of Kafka and Flink too, with their stack traces.
 */
public final class Logging {
    private static final String OURS = "io.vedette";
    private static final String VARIABLE = "VEDETTE_LOG";
    /** In one line, whatever it holds. */
    private static final String MESSAGE = "%replace(%msg){'\\p{Cntrl}', '?'}";

    private static final String SHORT = "%d{HH:mm:ss} %-5level " + MESSAGE + "%n%nopex";
    private static final String FULL =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{30} " + MESSAGE + "%n";
    private static final List<String> QUIET = List.of(
            "org.apache.flink.metrics.MetricGroup",
            "org.apache.flink.connector.kafka.source.KafkaSourceBuilder",
            "org.apache.flink.connector.kafka.sink.KafkaSinkBuilder",
            "org.apache.flink.runtime.webmonitor.WebMonitorUtils",
            "org.apache.flink.runtime.security.token.DefaultDelegationTokenManager");
    private static final FileSize FILE_SIZE = new FileSize(10 << 20);
    private static final int FILES = 3;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    private Logging() {}

    /** Logs to the terminal alone. */
    public static void start(boolean verbose) {
        new Logging().configure(verbose);
    }

    /** Logs to the terminal and to a file, which is rotated. */
    public static void start(boolean verbose, Path file) {
        Logging logging = new Logging();
        logging.configure(verbose);
        logging.root().addAppender(logging.file(file));
    }

    private void configure(boolean verbose) {
        context.reset();
        Level shown = shown(verbose);
        // Who asks for more wants to know what Kafka and Flink say as well.
        boolean ours = !verbose && System.getenv(VARIABLE) == null;
        root().setLevel(Level.WARN);
        // At each checkpoint Flink complains of a metric of its own; the connector, of settings that are as it sets
        // them itself.
        QUIET.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        context.getLogger(OURS).setLevel(shown.isGreaterOrEqual(Level.INFO) ? Level.INFO : shown);
        Logger terminal = ours ? context.getLogger(OURS) : root();
        terminal.addAppender(terminal(shown));
    }

    private static Level shown(boolean verbose) {
        String wanted = System.getenv(VARIABLE);
        return wanted == null
                ? verbose ? Level.INFO : Level.WARN
                : Level.toLevel(wanted.toUpperCase(Locale.ROOT), Level.ERROR);
    }

    private Logger root() {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private ConsoleAppender<ILoggingEvent> terminal(Level shown) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setTarget("System.err");
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(shown.toString());
        filter.start();
        appender.addFilter(filter);
        return started(appender, SHORT);
    }

    private RollingFileAppender<ILoggingEvent> file(Path path) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(path.toString());
        FixedWindowRollingPolicy names = new FixedWindowRollingPolicy();
        names.setContext(context);
        names.setParent(appender);
        names.setFileNamePattern(path + ".%i");
        names.setMaxIndex(FILES - 1);
        names.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FILE_SIZE);
        size.start();
        appender.setRollingPolicy(names);
        appender.setTriggeringPolicy(size);
        return started(appender, FULL);
    }

    private <A extends OutputStreamAppender<ILoggingEvent>> A started(A appender, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
