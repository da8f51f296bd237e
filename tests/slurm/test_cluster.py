"""Telling clusters apart."""

from pathlib import Path

from vizspec.slurm.cluster import cluster_name


def test_the_name_stands_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "slurm.conf").write_text("#ClusterName=no\nSlurmctldHost=h\n clustername = Della # ours\n")
    conf = str(tmp_path / "slurm.conf")
    assert cluster_name({"SLURM_CONF": conf, "SLURM_CLUSTER_NAME": "x"}, places=()) == "della"
    assert cluster_name({}, places=(str(tmp_path / "absent"), conf)) == "della"


def test_a_job_tells_the_name_where_no_configuration_does() -> None:
    assert cluster_name({"SLURM_CLUSTER_NAME": "Tiger"}, places=()) == "tiger"
    assert cluster_name({}, places=()) is None
