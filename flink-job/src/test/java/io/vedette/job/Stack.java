package io.vedette.job;

import io.vedette.cli.Main;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The services of {@code docker-compose.yml} as processes on this machine. Command lines, environments and mounted files are those of the repository; what
 * differs is what containers have of their own: the paths where files lie, and names and ports of hosts.
 */
final class Stack implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int FORMAT_SECONDS = 60;
    private static final String SCHEME = "http://";

    private final Path folder;
    private final ComposeFile compose;
    private final Map<String, ForkedJava> running = new LinkedHashMap<>();
    /** What stands for what in a container, the longer before what it begins with. */
    private final Map<String, String> here = new LinkedHashMap<>();

    private final FlinkHome jobManager;
    private final FlinkHome taskManager;
    private final int rpc = ForkedJava.freePort();
    private final int rest = ForkedJava.freePort();
    private final int prometheus = ForkedJava.freePort();

    /**
     * Prepares everything and starts nothing.
     *
     * @param variables what {@code .env} says
     * @param more appended to {@code vedette.yaml}
     * @param files further ones beside it, by name
     */
    Stack(Path folder, Map<String, String> variables, String more, Map<String, String> files) throws IOException {
        this.folder = folder;
        compose = new ComposeFile(ROOT.resolve("docker-compose.yml"), variables);
        address("INTERNAL://:9092", "INTERNAL://127.0.0.1:", "kafka:9092");
        address("CONTROLLER://:9093", "CONTROLLER://127.0.0.1:", "kafka:9093");
        address("EXTERNAL://:19092", "EXTERNAL://127.0.0.1:", "127.0.0.1:19092");
        address("0.0.0.0:9780", "127.0.0.1:", "gateway:9780");
        address("0.0.0.0:9781", "127.0.0.1:", "agent:9781");
        address("taskmanager:9249", "127.0.0.1:", "taskmanager:9249");
        address("jobmanager:9249", "127.0.0.1:", "jobmanager:9249");
        here.put("/var/lib/kafka/data", folder.resolve("kafka").toString());
        here.put("/etc/vedette", folder.resolve("vedette").toString());
        here.put("/etc/prometheus", folder.resolve("prometheus").toString());
        here.put("=/prometheus", "=" + folder.resolve("prometheus-data"));
        here.put("jobmanager.rpc.address: jobmanager", "jobmanager.rpc.address: 127.0.0.1");
        copy("deploy/vedette", "vedette");
        copy("deploy/prometheus", "prometheus");
        Path configuration = folder.resolve("vedette/vedette.yaml");
        Files.writeString(configuration, Files.readString(configuration) + more);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve("vedette").resolve(file.getKey()), file.getValue());
        }
        jobManager = flink("jobmanager");
        jobManager.addUserJar(TestJar.path());
        taskManager = flink("taskmanager");
    }

    private FlinkHome flink(String service) throws IOException {
        String properties = Objects.requireNonNull(compose.environment(service).get("FLINK_PROPERTIES"));
        return new FlinkHome(
                folder.resolve(service),
                mapped(properties).replace("reporter.prom.port: 9249", "reporter.prom.port: " + port(service + ":9249"))
                        + """
                        jobmanager.rpc.port: %d
                        blob.server.port: 0
                        jobmanager.bind-host: 127.0.0.1
                        rest.address: 127.0.0.1
                        rest.bind-address: 127.0.0.1
                        rest.port: %d
                        taskmanager.host: 127.0.0.1
                        taskmanager.bind-host: 127.0.0.1
                        """.formatted(rpc, rest));
    }

    private void address(String listened, String listenedHere, String called) throws IOException {
        int port = ForkedJava.freePort();
        here.put(listened, listenedHere + port);
        here.put(called, "127.0.0.1:" + port);
    }

    private void copy(String from, String to) throws IOException {
        Path target = Files.createDirectories(folder.resolve(to));
        try (Stream<Path> files = Files.list(ROOT.resolve(from))) {
            for (Path file : files.toList()) {
                Files.writeString(target.resolve(file.getFileName()), mapped(Files.readString(file)));
            }
        }
    }

    private String mapped(String text) {
        String result = text;
        for (Map.Entry<String, String> each : here.entrySet()) {
            result = result.replace(each.getKey(), each.getValue());
        }
        return result;
    }

    private int port(String called) {
        String address = Objects.requireNonNull(here.get(called));
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Starts a service, for the first time or again. */
    void start(String service) throws Exception {
        switch (service) {
            case "kafka" -> running.put(service, kafka());
            case "jobmanager" -> running.put(service, jobManager.application(jobManagerArguments()));
            case "taskmanager" -> running.put(service, taskManager.taskManager());
            case "agent", "gateway" -> running.put(service, part(service));
            case "prometheus" -> running.put(service, prometheus());
            default -> throw new IllegalArgumentException(service);
        }
    }

    /** {@code kill -9}. */
    void kill(String service) throws InterruptedException {
        Objects.requireNonNull(running.remove(service)).kill();
    }

    /** Those that run have not ended by themselves. */
    void requireAlive() throws IOException {
        for (Map.Entry<String, ForkedJava> service : running.entrySet()) {
            if (!service.getValue().isAlive()) {
                throw new AssertionError(
                        service.getKey() + " has ended: " + service.getValue().output());
            }
        }
    }

    /** The job manager's interface. */
    FlinkRest flink() {
        return new FlinkRest(rest);
    }

    /** Where Prometheus answers. */
    URI prometheusApi() {
        return URI.create(SCHEME + "127.0.0.1:" + prometheus + "/api/v1/query");
    }

    /** Where a part answers. */
    URI part(String called, String path) {
        return URI.create(SCHEME + "127.0.0.1:" + port(called) + path);
    }

    /** What {@code standalone-job.sh} gets. */
    private List<String> jobManagerArguments() {
        List<String> command = mappedCommand("jobmanager");
        if (!command.get(0).equals("standalone-job")) {
            throw new IllegalStateException("no application: " + command);
        }
        return command.subList(1, command.size());
    }

    private List<String> mappedCommand(String service) {
        return compose.command(service).stream()
                .map(this::mapped)
                .map(word -> word.equals("/state") ? folder.resolve("state").toString() : word)
                .toList();
    }

    /** Does as the image's entry point: variables become properties, the folder is formatted once, then the broker starts. */
    private ForkedJava kafka() throws Exception {
        Map<String, String> environment = compose.environment("kafka");
        Properties properties = new Properties();
        environment.forEach((name, value) -> {
            if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
                String key = name.substring("KAFKA_".length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                properties.setProperty(key, mapped(value));
            }
        });
        Path file = folder.resolve("server.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        if (!Files.exists(folder.resolve("kafka"))) {
            List<String> format = List.of(
                    "format", "-t", Objects.requireNonNull(environment.get("CLUSTER_ID")), "-c", file.toString());
            try (ForkedJava tool = java("format", List.of("-Xmx256m"), "kafka.tools.StorageTool", format)) {
                if (tool.awaitEnd(FORMAT_SECONDS) != 0) {
                    throw new IllegalStateException(tool.output());
                }
            }
        }
        List<String> heap = List.of(
                Objects.requireNonNull(environment.get("KAFKA_HEAP_OPTS")).split(" "));
        return java("kafka", heap, "kafka.Kafka", List.of(file.toString()));
    }

    /** What the launcher, which is the image's entry point, starts. */
    private ForkedJava part(String service) throws IOException {
        return java(service, List.of("-Xmx256m"), Main.class.getName(), mappedCommand(service));
    }

    private ForkedJava java(String name, List<String> flags, String main, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(flags);
        all.add("-Dlogback.configurationFile=" + folder.resolve("jobmanager/conf/logback.xml"));
        return ForkedJava.start(
                folder.resolve(name + ".log"),
                Map.of(),
                ForkedJava.java(ForkedJava.wholeClassPath(), all, main, arguments));
    }

    private ForkedJava prometheus() throws IOException {
        List<String> command = new ArrayList<>(List.of("prometheus"));
        command.addAll(mappedCommand("prometheus"));
        // In a container it has its port to itself.
        command.add("--web.listen-address=127.0.0.1:" + prometheus);
        return ForkedJava.start(folder.resolve("prometheus.log"), Map.of(), command);
    }

    @Override
    public void close() {
        running.values().forEach(ForkedJava::close);
    }
}
