System.Console.WriteLine("mlseg");
