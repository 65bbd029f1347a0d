package io.vedette.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AbstractOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing and checks those that exist. Existing topics are never changed: their owner may have
 * reasons; what is wrong with them is said in the report.
 *
 * <p>The {@link Admin} stays the caller's to close. Each method asks Kafka a few times and blocks for at most {@code timeout}
 * per question; it throws {@link KafkaAccessException} when Kafka does not answer or refuses.
 */
public final class TopicSetup {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Admin admin;
    private final Topics topics;
    private final Deployment deployment;
    private final Duration timeout;
    private final List<Topic> wanted;

    /** A setup of all topics. */
    public TopicSetup(Admin admin, Topics topics, Deployment deployment, Duration timeout) {
        this(admin, topics, deployment, timeout, EnumSet.allOf(Topic.class));
    }

    /**
     * A setup of some topics, for a part of Vedette that uses no others and may not be allowed to see them.
     *
     * @param timeout how long to wait for each answer
     */
    public TopicSetup(Admin admin, Topics topics, Deployment deployment, Duration timeout, Set<Topic> wanted) {
        this.admin = admin;
        this.topics = topics;
        this.deployment = deployment;
        this.timeout = timeout;
        this.wanted = Stream.of(Topic.values()).filter(wanted::contains).toList();
    }

    /**
     * Creates what is missing, waits until the new topics can be used, and checks the others. A topic that somebody else
     * creates at the same moment is fine.
     */
    public TopicReport createAndCheck() {
        Map<Topic, TopicDescription> existing = describe();
        List<Topic> missing = missing(existing);
        if (missing.isEmpty()) {
            return new TopicReport(List.of(), findings(existing));
        }
        List<Topic> created = create(missing);
        Map<Topic, TopicDescription> others = awaitDescribable(missing);
        others.keySet().removeAll(created);
        return new TopicReport(names(created), findings(others));
    }

    /** Checks those that are there, and creates none. */
    public TopicReport check() {
        return new TopicReport(List.of(), findings(describe()));
    }

    private List<String> names(Collection<Topic> which) {
        return which.stream().map(topics::name).toList();
    }

    private List<Topic> missing(Map<Topic, TopicDescription> existing) {
        return wanted.stream().filter(topic -> !existing.containsKey(topic)).toList();
    }

    private Map<Topic, TopicDescription> describe() {
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        names(wanted), within(new DescribeTopicsOptions()))
                .topicNameValues();
        var found = new HashMap<Topic, TopicDescription>();
        for (Topic topic : wanted) {
            description(topic, answers).ifPresent(description -> found.put(topic, description));
        }
        return found;
    }

    private Optional<TopicDescription> description(Topic topic, Map<String, KafkaFuture<TopicDescription>> answers) {
        String name = topics.name(topic);
        KafkaFuture<TopicDescription> answer = answers.get(name);
        if (answer == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(await("describe topic " + name, answer));
        } catch (KafkaAccessException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Creates them, but for those that are there after all: the broker that was asked may not have known them yet. */
    private List<Topic> create(List<Topic> missing) {
        int brokers = await(
                        "list the brokers",
                        admin.describeCluster(within(new DescribeClusterOptions()))
                                .nodes())
                .size();
        List<NewTopic> requests =
                missing.stream().map(topic -> newTopic(topic, brokers)).toList();
        Map<String, KafkaFuture<Void>> answers =
                admin.createTopics(requests, within(new CreateTopicsOptions())).values();
        return missing.stream()
                .filter(topic -> isCreated(topics.name(topic), answers))
                .toList();
    }

    private NewTopic newTopic(Topic topic, int brokers) {
        var configuration = new HashMap<>(topic.configuration(deployment));
        int replication = Math.min(3, Math.max(1, brokers));
        configuration.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replication == 3 ? "2" : "1");
        return new NewTopic(topics.name(topic), topic.partitions(deployment), (short) replication)
                .configs(configuration);
    }

    private boolean isCreated(String name, Map<String, KafkaFuture<Void>> answers) {
        KafkaFuture<Void> answer = Objects.requireNonNull(answers.get(name));
        try {
            return await("create topic " + name, answer.thenApply(nothing -> true));
        } catch (KafkaAccessException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    /** The controller has answered, but each broker learns of a new topic a moment later. */
    private Map<Topic, TopicDescription> awaitDescribable(List<Topic> created) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Map<Topic, TopicDescription> known = describe();
            if (known.keySet().containsAll(created)) {
                return known;
            }
            if (System.nanoTime() - deadline > 0) {
                throw noAnswer("use the topics just created", new TimeoutException("still unknown to a broker"));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private List<TopicFinding> findings(Map<Topic, TopicDescription> existing) {
        if (existing.isEmpty()) {
            return List.of();
        }
        Map<ConfigResource, Config> configurations;
        try {
            configurations = await(
                    "read the topics' configuration",
                    admin.describeConfigs(
                                    existing.keySet().stream()
                                            .map(this::resource)
                                            .toList(),
                                    within(new DescribeConfigsOptions()))
                            .all());
        } catch (KafkaAccessException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return unreadable(existing.keySet());
            }
            throw e;
        }
        var findings = new ArrayList<TopicFinding>();
        for (Topic topic : wanted) {
            Config configuration = configurations.get(resource(topic));
            if (existing.containsKey(topic) && configuration != null) {
                findings.addAll(new TopicCheck(topic, topics.name(topic), deployment).findings(values(configuration)));
            }
        }
        return findings;
    }

    private List<TopicFinding> unreadable(Set<Topic> existing) {
        return wanted.stream()
                .filter(existing::contains)
                .map(topic -> new TopicFinding(
                        topics.name(topic),
                        TopicFinding.Severity.WARNING,
                        "its configuration may not be read, so it is not checked; allow DescribeConfigs, or see to it by"
                                + " docs/parts.md"))
                .toList();
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topics.name(topic));
    }

    private static Map<String, String> values(Config configuration) {
        var values = new HashMap<String, String>();
        for (ConfigEntry entry : configuration.entries()) {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
        }
        return values;
    }

    /** Calls end by themselves in time, so that closing the client has none to wait for. */
    private <O extends AbstractOptions<O>> O within(O options) {
        return options.timeoutMs((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    }

    private <T> T await(String what, KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof TimeoutException) {
                throw noAnswer(what, cause);
            }
            throw new KafkaAccessException("Kafka: could not " + what + ": " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaAccessException("Kafka: interrupted while waiting to " + what, e);
        }
    }

    private KafkaAccessException noAnswer(String what, Throwable cause) {
        return new KafkaAccessException(
                "Kafka: no answer within " + timeout.toSeconds() + " s to the request to " + what
                        + "; check kafka.bootstrap and that the brokers are up",
                cause);
    }
}
