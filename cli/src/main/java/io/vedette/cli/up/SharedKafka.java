package io.vedette.cli.up;

import io.vedette.cli.UserMistake;
import io.vedette.kafka.Deployment;
import io.vedette.kafka.KafkaAccessException;
import io.vedette.kafka.KafkaSettings;
import io.vedette.kafka.Topic;
import io.vedette.kafka.TopicReport;
import io.vedette.kafka.TopicSetup;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a Kafka has the topics that are to be used; those that are missing are created. */
public final class SharedKafka {
    private static final Logger logger = LoggerFactory.getLogger(SharedKafka.class);
    private static final Duration EMBEDDED_TIMEOUT = Duration.ofSeconds(30);
    /** Shorter, for it is asked again. */
    private static final Duration SHARED_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int LONGEST_CHAIN = 20;

    private SharedKafka() {}

    /**
     * Prepares the topics on the Kafka that was started just now, which must answer.
     *
     * @throws UserMistake when a topic is set so that results would be wrong
     * @throws KafkaAccessException when it does not answer
     */
    static void prepareEmbedded(KafkaSettings kafka) {
        report(setUp(kafka, Deployment.EMBEDDED, Set.of(Topic.values()), EMBEDDED_TIMEOUT));
    }

    /**
     * Prepares topics on a Kafka of its own. While that cannot be reached it is asked again and again, for a whole fleet may be starting; this is told once.
     *
     * @param wanted those that the caller uses
     * @throws UserMistake when Kafka refuses us, or a topic is set so that results would be wrong
     */
    public static void prepare(KafkaSettings kafka, Set<Topic> wanted, Consumer<String> notices) {
        boolean told = false;
        while (true) {
            try {
                report(setUp(kafka, Deployment.CLUSTER, wanted, SHARED_TIMEOUT));
                if (told) {
                    notices.accept("Kafka answers now");
                }
                return;
            } catch (KafkaAccessException e) {
                if (!mayPass(e)) {
                    throw new UserMistake(String.valueOf(e.getMessage()), e);
                }
                if (!told) {
                    logger.info("Kafka cannot be reached", e);
                    notices.accept(e.getMessage() + "; waiting for it");
                    told = true;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Looks at the topics that are there, and changes nothing.
     *
     * @throws KafkaAccessException when Kafka does not answer or refuses us
     */
    public static TopicReport look(KafkaSettings kafka) {
        return at(kafka, Deployment.CLUSTER, Set.of(Topic.values()), LOOK_TIMEOUT, TopicSetup::check);
    }

    private static TopicReport setUp(KafkaSettings kafka, Deployment deployment, Set<Topic> wanted, Duration timeout) {
        return at(kafka, deployment, wanted, timeout, TopicSetup::createAndCheck);
    }

    private static TopicReport at(
            KafkaSettings kafka,
            Deployment deployment,
            Set<Topic> wanted,
            Duration timeout,
            Function<TopicSetup, TopicReport> task) {
        try (Admin admin = Admin.create(kafka.admin("vedette-topics"))) {
            return task.apply(new TopicSetup(admin, kafka.topics(), deployment, timeout, wanted));
        } catch (KafkaException e) {
            // What the client itself finds wrong: a host without an address, a certificate that is none.
            throw new KafkaAccessException("Kafka at " + kafka.bootstrap() + ": " + root(e).getMessage(), e);
        }
    }

    private static void report(TopicReport report) {
        report.findings().forEach(finding -> logger.warn("{}", finding));
        if (!report.errors().isEmpty()) {
            throw new UserMistake(report.errors().stream().map(String::valueOf).collect(Collectors.joining("; ")));
        }
    }

    /** Whether it may be otherwise in a moment: no answer yet, or, where containers start together, no host of that name yet. */
    private static boolean mayPass(Throwable failure) {
        return chain(failure)
                .anyMatch(cause -> cause instanceof RetriableException
                        || (cause instanceof ConfigException && isUnknownHost(cause)));
    }

    private static boolean isUnknownHost(Throwable mistake) {
        return String.valueOf(mistake.getMessage()).contains("No resolvable bootstrap");
    }

    private static Throwable root(Throwable failure) {
        return chain(failure).reduce(failure, (first, second) -> second);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(LONGEST_CHAIN);
    }
}
