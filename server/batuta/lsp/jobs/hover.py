def run(bench, parameters, cancel, report):
    bench.analysis(parameters)
    return None
