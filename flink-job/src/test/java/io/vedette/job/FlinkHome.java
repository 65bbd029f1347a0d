package io.vedette.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** A folder like that of a Flink distribution, and what its scripts do: the classes are those of Maven's jars. */
final class FlinkHome {
    private static final List<String> OPENS = Stream.of(
                    "lang",
                    "lang.reflect",
                    "io",
                    "net",
                    "nio",
                    "text",
                    "time",
                    "util",
                    "util.concurrent",
                    "util.concurrent.atomic",
                    "util.concurrent.locks")
            .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
            .toList();

    private final Path home;

    /**
     * Makes the folder.
     *
     * @param properties content of {@code config.yaml}
     */
    FlinkHome(Path home, String properties) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("usrlib"));
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("tmp"));
        Files.createDirectories(configuration());
        Files.writeString(
                configuration().resolve("config.yaml"), properties + "\nio.tmp.dirs: " + home.resolve("tmp") + "\n");
        Files.writeString(configuration().resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{30} %msg%n</pattern></encoder>
                  </appender>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """);
    }

    private Path configuration() {
        return home.resolve("conf");
    }

    /** Puts a jar where an application finds it. */
    void addUserJar(Path jar) throws IOException {
        Files.copy(jar, home.resolve("usrlib").resolve(jar.getFileName()));
    }

    /** What {@code standalone-job.sh} does. */
    ForkedJava application(List<String> arguments) throws IOException {
        return start(
                "job manager",
                List.of("-Xmx256m"),
                "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                withConfiguration(arguments));
    }

    /** What {@code jobmanager.sh} does. */
    ForkedJava session() throws IOException {
        return start(
                "job manager",
                List.of("-Xmx256m"),
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                withConfiguration(List.of()));
    }

    /** What {@code taskmanager.sh} does, which works out how the memory is divided. */
    ForkedJava taskManager() throws IOException {
        Configuration settings =
                GlobalConfiguration.loadConfiguration(configuration().toString());
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(settings);
        return start(
                "task manager",
                words(ProcessMemoryUtils.generateJvmParametersStr(memory)),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                withConfiguration(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory))));
    }

    /** What {@code flink} does. */
    ForkedJava client(List<String> arguments) throws IOException {
        return start("client", List.of("-Xmx256m"), "org.apache.flink.client.cli.CliFrontend", arguments);
    }

    private List<String> withConfiguration(List<String> arguments) {
        List<String> all =
                new ArrayList<>(List.of("--configDir", configuration().toString()));
        all.addAll(arguments);
        return all;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.trim().split("\\s+"))
                .map(word -> word.replaceAll("^'|'$", ""))
                .toList();
    }

    private ForkedJava start(String name, List<String> memory, String main, List<String> arguments) throws IOException {
        List<String> flags = new ArrayList<>(memory);
        flags.addAll(OPENS);
        flags.add("-Dlogback.configurationFile=" + configuration().resolve("logback.xml"));
        return ForkedJava.start(
                home.resolve(name + ".log"),
                Map.of(
                        "FLINK_HOME", home.toString(),
                        "FLINK_CONF_DIR", configuration().toString(),
                        "FLINK_LIB_DIR", home.resolve("lib").toString(),
                        "FLINK_PLUGINS_DIR", home.resolve("plugins").toString()),
                ForkedJava.java(ForkedJava.flinkClassPath(), flags, main, arguments));
    }
}
